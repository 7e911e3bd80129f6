//! Any bytes as the files of a phone: memory, log of calls, settings.
#![no_main]

use std::collections::BTreeMap;
use std::io::{ErrorKind, Result};
use std::sync::{Arc, Mutex};

use libfuzzer_sys::fuzz_target;
use ringfence::number::E164;
use ringfence::screening::{
    CAPACITY, Call, Event, Memory, MemoryKey, PersonalMemory, RECORD_LENGTH,
};
use ringfence_engine::{CALLS, DatabaseSource, Disk, Engine, Whom};

static BUNDLED: &[u8] = include_bytes!("../../data/bundled.rfdb");
const NOW: u64 = 1_795_478_400;

/// Files in memory.
#[derive(Clone, Default)]
struct Files(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Disk for Files {
    fn read(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>> {
        let found = self.0.lock().expect("no panic").get(name).cloned();
        match found {
            Some(bytes) if bytes.len() as u64 > most => Err(ErrorKind::FileTooLarge.into()),
            found => Ok(found),
        }
    }
    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<()> {
        let mut files = self.0.lock().expect("no panic");
        let file = files.entry(name.to_owned()).or_default();
        let (start, end) = (offset as usize, offset as usize + bytes.len());
        file.resize(file.len().max(end), 0);
        file[start..end].copy_from_slice(bytes);
        Ok(())
    }
    fn sync(&self, _: &str) -> Result<()> {
        Ok(())
    }
    fn rename(&self, from: &str, to: &str) -> Result<()> {
        let mut files = self.0.lock().expect("no panic");
        let file = files.remove(from).ok_or(ErrorKind::NotFound)?;
        files.insert(to.to_owned(), file);
        Ok(())
    }
    fn remove(&self, name: &str) -> Result<()> {
        self.0.lock().expect("no panic").remove(name);
        Ok(())
    }
    fn sync_folder(&self) -> Result<()> {
        Ok(())
    }
}

/// Records with any content and fitting checksums, behind a sound header.
fn fitting(content: &[u8]) -> Vec<u8> {
    let key = MemoryKey::new([1; 16]);
    let number: E164 = "+447400123456".parse().expect("a number");
    let caller = key.caller(&number);
    let mut file = PersonalMemory::new(key.clone()).write(NOW);
    for (i, fields) in content.chunks(RECORD_LENGTH - 12).enumerate() {
        let subject = [caller.number, caller.block][i % 2].value();
        let mut record = subject.to_le_bytes().to_vec();
        record.extend_from_slice(fields);
        record.resize(RECORD_LENGTH - 4, 0);
        record.extend_from_slice(&key.check(&record).to_le_bytes());
        file.extend_from_slice(&record);
    }
    file
}

fn recall(file: &[u8], now: u64) {
    let Ok((memory, stored)) = PersonalMemory::read(file) else {
        return;
    };
    assert!(memory.len() <= stored.records);
    for number in ["+447400123456", "+447400123999", "+1"] {
        let number: E164 = number.parse().expect("a number");
        let recalled = memory.recall(&number, now);
        assert!(recalled.familiarity.is_none() || recalled.marked_scam.is_none());
        for event in [Event::Called, Event::MarkedScam, Event::Unmarked] {
            let caller = memory.key().caller(&number);
            let mut after = memory.clone();
            after.take(&memory.records_of(event, Some(caller), now));
            // What happened just now is remembered, up to the year 2106.
            let recalled = after.recall(&number, now);
            match event {
                Event::MarkedScam if now <= u64::from(u32::MAX) => {
                    assert!(recalled.marked_scam.is_some())
                }
                Event::Unmarked => assert!(recalled.marked_scam.is_none()),
                _ => {}
            }
        }
    }
    let written = memory.write(now);
    let (again, stored) = PersonalMemory::read(&written).expect("it was written");
    assert!(!stored.damaged && again.len() <= CAPACITY);
    assert_eq!(again.write(now), written);
}

/// A phone with these files works, and one that starts with what it leaves does.
fn live(memory: &[u8], calls: &[u8], settings: &[u8], now: u64) {
    let files = Files::default();
    for (name, bytes) in [
        ("memory", memory),
        ("calls.jsonl", calls),
        ("settings.json", settings),
    ] {
        let mut files = files.0.lock().expect("no panic");
        files.insert(name.to_owned(), bytes.to_vec());
    }
    let open = || {
        let source = DatabaseSource::Static(BUNDLED);
        Engine::with_disk(Box::new(files.clone()), source).expect("it opens")
    };
    let engine = open();
    let call = Call::incoming("+447400123456");
    let logged = engine.calls().expect("a log");
    assert!(logged.len() <= CALLS);
    for call in &logged {
        let _ = format!("{call:?} {:?}", call.verdict());
        let _ = engine.remember(Whom::Call(call.id), Event::MarkedScam, now);
    }
    let _ = engine.record(&call, now);
    let (calls, verdict) = (engine.calls().expect("a log"), engine.screen(&call, now));
    let known = engine.unreadable_settings().is_none();
    let again = open();
    assert!(again.calls().expect("a log") == calls);
    assert!(!known || again.screen(&call, now) == verdict);
    engine.forget_everything().expect("forgotten");
    assert!(files.0.lock().expect("no panic").is_empty());
}

fuzz_target!(|input: (Vec<u8>, Vec<u8>, Vec<String>, String, u64)| {
    let (memory, records, lines, settings, now) = input;
    let fitting = fitting(&records);
    for file in [&memory, &fitting] {
        recall(file, now);
        recall(file, NOW);
    }
    // Lines as they are, and with fitting checksums.
    let key = MemoryKey::new([0; 16]);
    let mut calls = lines.join("\n").into_bytes();
    for line in &lines {
        let sum = key.check(line.as_bytes());
        calls.extend_from_slice(format!("\n{sum:08x} {line}\n").as_bytes());
    }
    live(&memory, &calls, settings.as_bytes(), now);
    live(&fitting, &calls, b"{}", NOW);
});
