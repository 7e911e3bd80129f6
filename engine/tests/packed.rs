//! The verdict in 64 bits.

use ringfence::screening::{Action, Category, Rule, Verdict};
use ringfence_engine::{FIELDS, Failure, PackedVerdict};

#[test]
fn fields_do_not_overlap_and_leave_the_sign_alone() {
    let mut used = 0_u64;
    for field in FIELDS {
        assert!(
            field.bits > 0 && field.shift + field.bits <= 63,
            "{field:?}"
        );
        let mask = ((1 << field.bits) - 1) << field.shift;
        assert_eq!(used & mask, 0, "{field:?}");
        used |= mask;
        assert!(!field.name.is_empty() && !field.doc.is_empty());
    }
    assert!(FIELDS.windows(2).all(|pair| pair[0].shift < pair[1].shift));
    assert!(FIELDS.iter().map(|field| field.bits).sum::<u32>() < 64);
}

#[test]
fn every_verdict_round_trips() {
    for &action in Action::ALL {
        for &rule in Rule::ORDER {
            for &category in Category::ALL {
                for (confidence, generation) in [(0, 1), (100, 2), (57, 0x7FFF_FFFF)] {
                    let verdict = Verdict {
                        action,
                        rule,
                        category,
                        confidence,
                        range: None,
                    };
                    let packed = PackedVerdict::new(&verdict, generation);
                    assert!(packed.bits() >= 0);
                    let packed = PackedVerdict::from_bits(packed.bits());
                    let found = (packed.action(), packed.rule(), packed.category());
                    assert_eq!(found, (action, Some(rule), category));
                    assert_eq!(packed.confidence(), confidence);
                    assert_eq!(packed.generation(), generation);
                    assert_eq!(packed.failure(), Failure::None);
                }
            }
        }
    }
}

#[test]
fn a_failure_lets_the_phone_ring() {
    for &failure in Failure::ALL {
        let packed = PackedVerdict::failed(failure);
        assert!(packed.bits() >= 0);
        assert_eq!(packed.failure(), failure);
        assert_eq!((packed.action(), packed.rule()), (Action::Allow, None));
        assert_eq!(
            (packed.category(), packed.confidence()),
            (Category::NothingKnown, 0)
        );
        assert_eq!(packed.generation(), 0);
    }
    assert_eq!(PackedVerdict::failed(Failure::None).bits(), 0);
}

#[test]
fn a_generation_too_great_for_its_field_stays_in_it() {
    let verdict = Verdict {
        action: Action::Reject,
        rule: Rule::Emergency,
        category: Category::Spoofed,
        confidence: 255,
        range: None,
    };
    let packed = PackedVerdict::new(&verdict, u32::MAX);
    assert_eq!(
        (packed.generation(), packed.confidence()),
        (0x7FFF_FFFF, 255)
    );
    assert_eq!(
        (packed.failure(), packed.action()),
        (Failure::None, Action::Reject)
    );
}

#[test]
fn any_bits_can_be_read() {
    let mut bits = 1_i64;
    for _ in 0..10_000 {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let packed = PackedVerdict::from_bits(bits);
        assert_eq!(packed.bits(), bits);
        let _ = format!("{packed:?}");
    }
    // What no verdict has lets the phone ring.
    let packed = PackedVerdict::from_bits(0xF);
    assert_eq!(packed.action(), Action::Allow);
    assert_eq!(PackedVerdict::from_bits(-1).action(), Action::Allow);
}
