//! The options by which commands name a city.

use crate::city::{City, Feature, Shape, Volunteers};

/// The options of a city.
pub const USAGE: &str = "\
options of a city: [--communities N] [--months N] [--seed N] [--volunteers teams|people] [--quota]
                   [--with FEATURE,…] [--without FEATURE,…] [--shape SHAPE]";

/// Names of all features and shapes, for who asks.
pub fn names() -> String {
    let features: Vec<&str> = Feature::ALL.iter().map(|f| f.name()).collect();
    let shapes: Vec<&str> = Shape::ALL.iter().map(|s| s.name()).collect();
    format!("features: {} mixed\nshapes: {}", features.join(" "), shapes.join(" "))
}

/// Reads the options of a city; words that are none of them are handed back in their order.
///
/// # Errors
/// A value that is missing or cannot be.
pub fn city<'a>(words: impl Iterator<Item = &'a str>) -> Result<(City, Vec<&'a str>), String> {
    let (mut city, mut others) = (City::new(30, 1), Vec::new());
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        if word == "--quota" {
            city.quota = true;
            continue;
        }
        let known = ["--communities", "--months", "--seed", "--volunteers", "--with", "--without", "--shape"];
        if !known.contains(&word) {
            others.push(word);
            continue;
        }
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        let wrong = || format!("`{value}` is no value of `{word}`");
        match word {
            "--communities" => city.communities = value.parse().map_err(|_| wrong())?,
            "--months" => city.months = value.parse().map_err(|_| wrong())?,
            "--seed" => city.seed = value.parse().map_err(|_| wrong())?,
            "--volunteers" if value == "teams" => city.volunteers = Volunteers::Teams,
            "--volunteers" if value == "people" => city.volunteers = Volunteers::People,
            "--volunteers" => return Err(wrong()),
            "--with" => city.features.extend(features(value)?),
            "--without" => {
                for feature in features(value)? {
                    city.features.remove(&feature);
                }
            }
            _ => city.shape = Some(Shape::ALL.into_iter().find(|s| s.name() == value).ok_or_else(wrong)?),
        }
    }
    Ok((city, others))
}

fn features(names: &str) -> Result<Vec<Feature>, String> {
    let known = |name: &str| Feature::ALL.iter().copied().find(|f| f.name() == name);
    let mut all = Vec::new();
    for name in names.split(',') {
        match known(name) {
            Some(feature) => all.push(feature),
            None if name == "mixed" => all.extend(MIXED),
            None => return Err(format!("`{name}` is no feature")),
        }
    }
    Ok(all)
}

/// Features that make a city harder together than each does alone, under the name `mixed`.
const MIXED: [Feature; 6] =
    [Feature::Spans, Feature::Rooms, Feature::Stocks, Feature::Second, Feature::Stations, Feature::Districts];

/// A city and, of `features` or `shapes`, one more for each: with the feature if it had it not, else without it.
pub fn each(city: &City, of: &str) -> Vec<City> {
    let mut cities = vec![city.clone()];
    match of {
        "features" => {
            cities.extend(Feature::ALL.iter().map(|feature| {
                let mut other = city.clone();
                if !other.features.remove(feature) {
                    other.features.insert(*feature);
                }
                if *feature == Feature::Rotating {
                    // Posts rotate in sessions of several months only.
                    other.features.insert(Feature::Spans);
                }
                other
            }));
            cities.push(City { quota: !city.quota, ..city.clone() });
            let mut mixed = city.clone();
            mixed.features.extend(MIXED);
            cities.push(mixed);
        }
        "shapes" => cities.extend(Shape::ALL.map(|shape| City { shape: Some(shape), ..city.clone() })),
        _ => {}
    }
    cities
}

/// Numbers separated by commas.
pub fn numbers<T: std::str::FromStr>(text: &str) -> Option<Vec<T>> {
    text.split(',').map(|number| number.parse().ok()).collect()
}

/// What distinguishes a city from the default one, size and seed apart; `city` where nothing does.
pub fn name(city: &City) -> String {
    let plain = City::new(city.communities, city.seed);
    let mut words: Vec<String> = Vec::new();
    words.extend((city.months != plain.months).then(|| format!("{} months", city.months)));
    words.extend((city.volunteers == Volunteers::People).then(|| "people".to_owned()));
    words.extend(city.quota.then(|| "quota".to_owned()));
    let mixed = MIXED.iter().all(|f| city.features.contains(f));
    words.extend(mixed.then(|| "mixed".to_owned()));
    let more = city.features.difference(&plain.features).filter(|f| !(mixed && MIXED.contains(f)));
    words.extend(more.map(|f| f.name().to_owned()));
    words.extend(plain.features.difference(&city.features).map(|f| format!("no {}", f.name())));
    words.extend(city.shape.map(|s| s.name().to_owned()));
    if words.is_empty() { "city".to_owned() } else { words.join("+") }
}
