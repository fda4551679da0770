//! A flow is the best there is where its worth is what its dual values prove.

use super::network::{Arc, Network};
use crate::engine::random::Random;

#[test]
fn every_flow_is_worth_what_its_prices_prove() {
    let mut random = Random::new(1);
    let mut draw = |limit: u64| random.below(limit) as i64;
    let mut served = 0;
    for _ in 0..400 {
        let (sources, sinks) = (1 + draw(12), 1 + draw(9));
        let supply: Vec<i64> = (0..sources).map(|_| draw(15)).collect();
        let room: Vec<i64> = (0..sinks).map(|_| 1 + draw(20)).collect();
        let mut arcs = Vec::new();
        for source in 0..sources as u32 {
            for sink in 0..sinks as u32 {
                if draw(3) > 0 {
                    arcs.push(Arc { source, sink, worth: draw(30) - 3, most: 1 + draw(12) });
                }
            }
        }
        let mut network = Network::new(&supply, &room, &arcs);
        while !network.optimal() {
            network.work(7);
        }
        let flow = network.flow();
        for (source, most) in supply.iter().enumerate() {
            let given: i64 = arcs.iter().zip(flow).filter(|a| a.0.source as usize == source).map(|a| a.1).sum();
            assert!(given <= *most);
        }
        for (sink, most) in room.iter().enumerate() {
            let taken: i64 = arcs.iter().zip(flow).filter(|a| a.0.sink as usize == sink).map(|a| a.1).sum();
            assert!(taken <= *most);
        }
        assert!(arcs.iter().zip(flow).all(|(arc, units)| 0 <= *units && *units <= arc.most));
        let worth: i64 = arcs.iter().zip(flow).map(|(arc, units)| arc.worth * units).sum();
        assert_eq!(worth, network.bound());
        // The next level, and both at once.
        let below: Vec<i64> = arcs.iter().map(|_| draw(30) - 10).collect();
        network.turn_to(&below);
        while !network.optimal() {
            network.work(7);
        }
        let flow = network.flow();
        let value: i64 = below.iter().zip(flow).map(|(worth, units)| worth * units).sum();
        assert_eq!(arcs.iter().zip(flow).map(|(arc, units)| arc.worth * units).sum::<i64>(), worth);
        assert_eq!(value, network.bound());
        let both = arcs.iter().zip(&below).map(|(arc, below)| Arc { worth: 100_000 * arc.worth + below, ..*arc });
        let mut at_once = Network::new(&supply, &room, &both.collect::<Vec<_>>());
        while !at_once.optimal() {
            at_once.work(7);
        }
        assert_eq!(at_once.bound(), 100_000 * worth + value);
        let flow = network.flow();
        served += flow.iter().sum::<i64>();
    }
    assert!(served > 1_000);
}
