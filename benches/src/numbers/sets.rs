//! The sets of numbers that are measured, the same on every run.

use phonenumber::metadata::{DATABASE, Metadata};
use ringfence::number::Plan;

use crate::Outcome;

/// Where uniform keys end.
pub const UNIVERSE: u64 = 100_000_000_000;
/// Countries of the clustered set, and prefixes of the first of them; the
/// *i*-th has that many over *i*, but no fewer than some.
const COUNTRIES: usize = 94;
const MOST_PREFIXES: usize = 60_000;
const FEWEST_PREFIXES: usize = 2_500;
/// How unevenly countries, prefixes in a country and exchanges behind a prefix
/// are drawn: the exponents of Zipf's law.
const COUNTRY_EXPONENT: f64 = 1.0;
const PREFIX_EXPONENT: f64 = 0.8;
const EXCHANGE_EXPONENT: f64 = 1.05;
/// Last digits that are drawn evenly: the lines of an exchange.
const LINE_DIGITS: u32 = 4;
/// One draw in that many is a run of neighbours, of this mean length.
const RUNS: u64 = 33;
const RUN_LENGTH: u64 = 20;

/// A small generator of random numbers: SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from 0 up to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Ranks by Zipf's law.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(ranks: usize, exponent: f64) -> Self {
        let weights = (1..=ranks).map(|rank| (rank as f64).powf(-exponent));
        let sums = weights.scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self(sums.collect())
    }

    fn draw(&self, random: &mut Random) -> usize {
        let whole = self.0.last().copied().unwrap_or(0.0);
        let at = random.unit() * whole;
        self.0
            .partition_point(|&sum| sum <= at)
            .min(self.0.len() - 1)
    }
}

/// `count` keys spread evenly over the numbers below [`UNIVERSE`], ascending.
pub fn uniform(count: usize) -> Vec<u64> {
    let mut random = Random(1);
    distinct(count, &mut random, |random, keys| {
        keys.push(random.below(UNIVERSE))
    })
}

/// A prefix of numbers.
#[derive(Clone, Copy)]
pub struct Prefix {
    /// Its digits, calling code included.
    pub digits: u64,
    /// How many digits follow.
    pub rest: u32,
}

/// `count` keys of the world, ascending: a few countries have most, in them a
/// few prefixes, behind them a few exchanges.
pub fn clustered(count: usize, plan: &Plan<'_>) -> Outcome<Vec<u64>> {
    let mut random = Random(2);
    let countries = countries(plan, &mut random)?;
    Ok(cluster(count, &countries, &mut random))
}

pub fn cluster(count: usize, countries: &[Vec<Prefix>], random: &mut Random) -> Vec<u64> {
    let country = Zipf::new(countries.len(), COUNTRY_EXPONENT);
    let prefixes: Vec<Zipf> = countries
        .iter()
        .map(|prefixes| Zipf::new(prefixes.len(), PREFIX_EXPONENT))
        .collect();
    let exchanges: Vec<Zipf> = (0..=5)
        .map(|digits| Zipf::new(10_usize.pow(digits), EXCHANGE_EXPONENT))
        .collect();
    distinct(count, random, |random, keys| {
        let country = country.draw(random);
        let prefix = countries[country][prefixes[country].draw(random)];
        let digits = prefix.rest.saturating_sub(LINE_DIGITS).min(5);
        let lines = 10_u64.pow(prefix.rest - digits);
        // The most used exchange is another one behind each prefix.
        let rank = exchanges[digits as usize].draw(random) as u64;
        let exchange = (rank * 7 + Random(prefix.digits).next() % 100_000) % 10_u64.pow(digits);
        let start = (prefix.digits * 10_u64.pow(digits) + exchange) * lines;
        let line = random.below(lines);
        let length = if random.below(RUNS) == 0 {
            geometric(RUN_LENGTH, random)
        } else {
            1
        };
        keys.extend((line..lines).take(length).map(|line| start + line));
    })
}

/// A length of at least 1, geometrically distributed.
fn geometric(mean: u64, random: &mut Random) -> usize {
    let more = std::iter::repeat_with(|| random.below(mean) > 0);
    1 + more.take_while(|&more| more).count()
}

/// `count` different keys in rising order out of as many draws as that takes.
fn distinct(
    count: usize,
    random: &mut Random,
    mut draw: impl FnMut(&mut Random, &mut Vec<u64>),
) -> Vec<u64> {
    let mut keys: Vec<u64> = Vec::with_capacity(count + count / 2);
    while keys.len() < count {
        let missing = count - keys.len();
        let enough = keys.len() + missing + missing / 8 + 1;
        while keys.len() < enough {
            draw(random, &mut keys);
        }
        keys.sort_unstable();
        keys.dedup();
    }
    // Evenly fewer.
    let mut surplus = keys.len() - count;
    let mut left = keys.len();
    keys.retain(|_| {
        let dropped = random.below(left as u64) < surplus as u64;
        left -= 1;
        surplus -= usize::from(dropped);
        !dropped
    });
    keys
}

/// The prefixes of each country, found by the numbering plan: leading digits
/// of valid numbers.
fn countries(plan: &Plan<'_>, random: &mut Random) -> Outcome<Vec<Vec<Prefix>>> {
    let groups = (1..1000_u16).filter_map(|code| DATABASE.by_code(&code));
    let mut regions: Vec<&Metadata> = groups
        .filter_map(|group| group.into_iter().next())
        .filter(|region| region.id() != "001")
        .collect();
    // In no order that means something.
    for last in (1..regions.len()).rev() {
        regions.swap(last, random.below(last as u64 + 1) as usize);
    }
    let mut countries = Vec::new();
    for region in regions {
        if countries.len() == COUNTRIES {
            break;
        }
        let wanted = (MOST_PREFIXES / (countries.len() + 1)).max(FEWEST_PREFIXES);
        let found = prefixes(region, wanted, plan, random);
        if found.len() >= FEWEST_PREFIXES {
            countries.push(found);
        }
    }
    if countries.len() < COUNTRIES {
        return Err("too few countries have prefixes".into());
    }
    Ok(countries)
}

fn prefixes(region: &Metadata, wanted: usize, plan: &Plan<'_>, random: &mut Random) -> Vec<Prefix> {
    let code = u64::from(region.country_code());
    let kinds = region.descriptors();
    let examples = [kinds.fixed_line(), kinds.mobile()];
    let lengths: Vec<u32> = examples
        .into_iter()
        .filter_map(|kind| Some(kind?.example()?.len() as u32))
        .collect();
    let mut found = std::collections::BTreeMap::new();
    for _ in 0..wanted * 50 {
        if found.len() == wanted || lengths.is_empty() {
            break;
        }
        let length = lengths[random.below(lengths.len() as u64) as usize];
        let national = random.below(10_u64.pow(length));
        let number = format!("+{code}{national:0width$}", width = length as usize);
        if plan
            .parse(&number, None)
            .is_ok_and(|number| number.is_valid())
        {
            // Lines and up to two digits of an exchange stay free.
            let rest = LINE_DIGITS + random.below(3) as u32;
            let rest = rest.min(length.saturating_sub(2));
            let digits = (code * 10_u64.pow(length) + national) / 10_u64.pow(rest);
            found.insert(digits, Prefix { digits, rest });
        }
    }
    let mut found: Vec<Prefix> = found.into_values().collect();
    for last in (1..found.len()).rev() {
        found.swap(last, random.below(last as u64 + 1) as usize);
    }
    found
}

/// What keys cost at least if all that is known is how their gaps are
/// distributed over powers of two, in bits a key: the entropy of the power and
/// the digits within it.
pub fn gap_bits(keys: &[u64]) -> f64 {
    let mut counts = [0_u64; 64];
    let mut bits = 0_u64;
    let mut last = 0;
    for &key in keys {
        let power = (key - last).max(1).ilog2();
        counts[power as usize] += 1;
        bits += u64::from(power);
        last = key;
    }
    let all = keys.len() as f64;
    let shares = counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| count as f64 / all);
    shares.map(|share| -share * share.log2()).sum::<f64>() + bits as f64 / all
}

/// What interpolative coding with fractions of bits needs for the keys
/// strictly between `low` and `high`, in bits.
pub fn interpolative_bits(keys: &[u64], low: u64, high: u64) -> f64 {
    let middle = keys.len() / 2;
    let Some((&key, rest)) = keys[middle..].split_first() else {
        return 0.0;
    };
    // So many places are left for the one in the middle.
    let places = (high - low) - keys.len() as u64;
    (places as f64).log2()
        + interpolative_bits(&keys[..middle], low, key)
        + interpolative_bits(rest, key, high)
}

/// The information limit of sets of this many keys below `universe`, bits a
/// key: log2 of the number of such sets.
pub fn limit_bits(count: usize, universe: u64) -> f64 {
    let (count, universe) = (count as f64, universe as f64);
    let rest = universe - count;
    let stirling = universe * (universe / rest).log2() + count * (rest / count).log2();
    let root = (universe / (std::f64::consts::TAU * count * rest)).log2() / 2.0;
    (stirling + root) / count
}

/// What is stored with a key, below 16.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// Any, all as often: nothing can be saved.
    Even,
    /// One in 93 of 100, the others ever more seldom, as lists have them.
    Uneven,
    /// One and the same: next to nothing.
    Constant,
}

impl Payload {
    /// That of a key.
    pub fn of(self, key: u64) -> u8 {
        let random = Random(key).next();
        match self {
            Self::Even => (random & 15) as u8,
            Self::Uneven if random % 100 < 93 => 1,
            Self::Uneven => 2 + (random >> 32).trailing_zeros().min(13) as u8,
            Self::Constant => 0,
        }
    }
}
