//! What multipliers prove, whatever basis they came from.

use super::state::State;

impl State {
    /// Sets multipliers to zero that lean on a bound that does not exist.
    pub fn clamp(&self, multipliers: &mut [f64]) {
        for (row, multiplier) in multipliers.iter_mut().enumerate() {
            let logical = self.matrix.columns + row;
            // The logical's reduced cost is the negative of the multiplier.
            let missing = if *multiplier < 0.0 {
                self.lower[logical] == f64::NEG_INFINITY
            } else {
                self.upper[logical] == f64::INFINITY
            };
            if missing {
                *multiplier = 0.0;
            }
        }
    }

    /// Lower bound on the minimum that the multipliers prove:
    /// Σ min over the box of (c − yᵀ[A | I]) x, with clamped multipliers.
    pub fn dual_bound(&self, multipliers: &[f64]) -> f64 {
        let mut multipliers = multipliers.to_vec();
        self.clamp(&mut multipliers);
        let mut bound = 0.0;
        for variable in 0..self.variables() {
            let reduced = if variable < self.matrix.columns {
                self.cost[variable] - self.matrix.dot(variable, &multipliers)
            } else {
                -multipliers[variable - self.matrix.columns]
            };
            if reduced > 0.0 {
                bound += reduced * self.lower[variable];
            } else if reduced < 0.0 {
                bound += reduced * self.upper[variable];
            }
        }
        bound
    }

    /// Whether Σ rayᵀ[A | I] x < 0 all over the box, although it must be 0.
    pub fn proves_infeasible(&self, ray: &[f64]) -> bool {
        let mut ray = ray.to_vec();
        self.clamp_ray(&mut ray);
        let mut greatest = 0.0;
        let mut size = 0.0f64;
        for variable in 0..self.variables() {
            let entry = if variable < self.matrix.columns {
                self.matrix.dot(variable, &ray)
            } else {
                ray[variable - self.matrix.columns]
            };
            let part = if entry > 0.0 {
                entry * self.upper[variable]
            } else if entry < 0.0 {
                entry * self.lower[variable]
            } else {
                0.0
            };
            greatest += part;
            size = size.max(part.abs());
        }
        greatest < -1e-9 * (1.0 + size)
    }

    /// Sets entries of a ray to zero that lean on a bound that does not exist.
    pub fn clamp_ray(&self, ray: &mut [f64]) {
        for (row, entry) in ray.iter_mut().enumerate() {
            let logical = self.matrix.columns + row;
            let missing = if *entry > 0.0 {
                self.upper[logical] == f64::INFINITY
            } else {
                self.lower[logical] == f64::NEG_INFINITY
            };
            if missing {
                *entry = 0.0;
            }
        }
    }
}
