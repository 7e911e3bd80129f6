//! Files of the memory that are damaged, foreign or cut short.

mod common;

use common::memory::{
    NEIGHBOUR, NUMBER, STRANGER, after, everything, happen, nobody, number, rewritten,
};
use common::screening::{DAY, NOW};
use proptest::prelude::*;
use ringfence::number::E164;
use ringfence::screening::{
    Event, Familiarity, HEADER_LENGTH, Memory, MemoryError, PersonalMemory, RECORD_LENGTH,
    Recollection,
};

#[test]
fn files_of_other_versions_and_of_none() {
    let memory = after(&[(Event::Called, Some(NUMBER), NOW)]);
    let whole = memory.write(NOW);
    let mut newer = whole.clone();
    newer[4] = 2;
    assert_eq!(
        PersonalMemory::read(&newer).map(|_| ()),
        Err(MemoryError::Newer)
    );
    for damaged in [&b""[..], b"RFMM", &[0; 64], &whole[..HEADER_LENGTH - 1]] {
        let read = PersonalMemory::read(damaged).map(|_| ());
        assert_eq!(read, Err(MemoryError::Damaged));
    }
    // Cut short between records: nothing is damaged but the count.
    let (read, stored) = PersonalMemory::read(&whole[..HEADER_LENGTH]).expect("a header");
    assert!(read.is_empty() && stored.damaged);
    // A file of zeros behind the records, as some systems leave it.
    let zeros = [whole, vec![0; 3 * RECORD_LENGTH + 5]].concat();
    let (read, stored) = PersonalMemory::read(&zeros).expect("a header");
    assert!(stored.damaged && stored.records == 4 && read.len() == 1);
    assert_eq!(
        read.recall(&number(NUMBER), NOW).familiarity,
        Some(Familiarity::Called)
    );
}

/// A memory of some numbers in one way each, all recalled alike at `NOW`.
fn sample() -> (PersonalMemory, Vec<E164>) {
    let mut memory = nobody();
    let texts: Vec<String> = (0..12).map(|i| format!("+44740{i:03}4321")).collect();
    for (i, text) in texts.iter().enumerate() {
        let event = [
            Event::Called,
            Event::MarkedScam,
            Event::SpokenWith,
            Event::Rang,
        ][i % 4];
        happen(&mut memory, event, Some(text), NOW - i as u64);
    }
    let numbers = texts.iter().map(|text| number(text)).collect();
    (memory, numbers)
}

/// Whether a damaged memory says nothing but what the whole one does.
fn invents_nothing(damaged: &PersonalMemory, whole: &PersonalMemory, numbers: &[E164]) {
    for number in numbers {
        let (found, sound) = (damaged.recall(number, NOW), whole.recall(number, NOW));
        assert!(found.familiarity.is_none() || found.familiarity == sound.familiarity);
        assert!(found.last_call.is_none() || found.last_call == sound.last_call);
        assert!(found.marked_scam.is_none() || found.marked_scam == sound.marked_scam);
        assert!(found.near_scam.is_none() || found.near_scam == sound.near_scam);
    }
    let scam = damaged.last_scam();
    assert!(scam.is_none() || scam == whole.last_scam());
    assert_eq!(damaged.last_hidden_call(), None);
    assert!(damaged.len() <= whole.len());
}

proptest! {
    #[test]
    fn damage_takes_away_and_invents_nothing(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 0..4),
        keep in any::<prop::sample::Index>(),
        cut in any::<bool>(),
        tail in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let (memory, numbers) = sample();
        let mut file = memory.write(NOW);
        let whole = file.len();
        if cut {
            file.truncate(keep.index(whole + 1));
        }
        let mut header = file.len() < HEADER_LENGTH;
        for (place, by) in &changes {
            if file.is_empty() {
                break;
            }
            let place = place.index(file.len());
            file[place] ^= by;
            header |= place < HEADER_LENGTH;
        }
        file.extend_from_slice(&tail);
        if let Ok((read, stored)) = PersonalMemory::read(&file) {
            invents_nothing(&read, &memory, &numbers);
            let lost = memory.len() - read.len();
            // No more is lost than was hit.
            prop_assert!(cut || lost <= changes.len());
            prop_assert!(stored.damaged || lost == 0);
            rewritten(&read, NOW);
        } else {
            prop_assert!(header);
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
        file in prop::collection::vec(any::<u8>(), 0..300),
        now in any::<u64>(),
    ) {
        let mut behind = nobody().write(NOW);
        behind.extend_from_slice(&file);
        for file in [file, behind] {
            if let Ok((memory, _)) = PersonalMemory::read(&file) {
                prop_assert!(memory.is_empty(), "no record was made by chance");
                prop_assert_eq!(memory.recall(&number(NUMBER), now), Recollection::default());
            }
        }
    }

    /// However often it is written anew in between, a memory says the same.
    #[test]
    fn writing_anew_changes_nothing(
        events in prop::collection::vec((0..6_usize, 0..4_usize, 0..400 * DAY), 0..40),
    ) {
        let all = [Event::Rang, Event::Called, Event::SpokenWith, Event::MarkedFine,
            Event::MarkedScam, Event::Unmarked];
        let whom = [Some(NUMBER), Some(NEIGHBOUR), Some(STRANGER), None];
        let mut now = NOW;
        let (mut kept, mut anew) = (nobody(), nobody());
        for (event, who, later) in events {
            now += later / 8;
            happen(&mut kept, all[event], whom[who], now);
            happen(&mut anew, all[event], whom[who], now);
            anew = rewritten(&anew, now);
            prop_assert_eq!(everything(&kept, now).0, everything(&anew, now).0);
        }
    }
}
