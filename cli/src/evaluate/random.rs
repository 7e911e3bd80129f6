//! Chance that is the same everywhere: xorshift64*.

/// A stream of chance.
pub struct Random(u64);

impl Random {
    /// The stream of some numbers.
    pub fn new(seeds: &[u64]) -> Self {
        let mut state = 0;
        for seed in seeds {
            state = mix(state ^ mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)));
        }
        // The state must not be zero.
        Self(state | 1)
    }

    /// From 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of the places below `count`, which is not 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.unit() * count as f64) as usize).min(count - 1)
    }

    /// A place, with the chance that its weight gives it; the last one if all
    /// weights are 0.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        weights.len().saturating_sub(1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

/// Spreads the bits of a seed (splitmix64's finaliser).
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_even_and_repeats_itself() {
        let mut random = Random::new(&[1, 2, 3]);
        let mut again = Random::new(&[1, 2, 3]);
        let mut other = Random::new(&[1, 2, 4]);
        let first: Vec<u64> = (0..4).map(|_| random.next()).collect();
        assert!(first.iter().all(|&bits| bits == again.next()));
        assert!(first.iter().all(|&bits| bits != other.next()));
        let mut counts = [0; 4];
        for _ in 0..40_000 {
            counts[random.below(4)] += 1;
        }
        assert!(
            counts.iter().all(|count| (9_500..10_500).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn weights_are_followed() {
        let mut random = Random::new(&[7]);
        let mut counts = [0; 3];
        for _ in 0..40_000 {
            counts[random.weighted(&[1.0, 0.0, 3.0])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((9_500..10_500).contains(&counts[0]), "{counts:?}");
        assert_eq!(random.weighted(&[0.0, 0.0]), 1);
    }
}
