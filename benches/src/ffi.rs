//! The library for phones: the engine that it holds, natively and on the JVM.

use std::fs;
use std::path::Path;

use ringfence::database::Database;
use ringfence::screening::{CAPACITY, NoMemory, Settings, screen};

use crate::jvm::Jvm;
use crate::phones::{HOME, Phones};
use crate::report::{Page, number, table};
use crate::screeners::{LATER, call};
use crate::worker::{Entrant, Worker, race};
use crate::{DATABASE, Outcome, cold, jvm_cold, jvm_hot};

/// What the library may take, stripped, in bytes.
const LIBRARY: f64 = 1e6;
/// What the page says where nothing was measured.
const NO_LIBRARY: &str = "The library was not built, so its size was not measured.\n";
const NO_JVM: &str = "A JDK of version 17 or later, or Maven, was missing: nothing of this was \
    measured on the JVM.\n";

/// A call: how files call it, how the page does, and its number.
pub struct Ring {
    pub name: &'static str,
    pub title: &'static str,
    pub number: &'static str,
}

/// The calls that ring in this section.
pub const RINGS: [Ring; 4] = [
    Ring {
        name: "mobile",
        title: "a mobile",
        number: "+447400123456",
    },
    Ring {
        name: "national",
        title: "the same in national form",
        number: "07400 123456",
    },
    Ring {
        name: "faked",
        title: "a number kept for fiction",
        number: "+447700900123",
    },
    Ring {
        name: "hidden",
        title: "a hidden number",
        number: "",
    },
];

impl Ring {
    /// What the core says to it, such as `warn range`.
    pub fn verdict(&self, database: &Database) -> Outcome<String> {
        let call = call(self.number, Some(HOME.parse()?));
        let now = database.issued() + LATER;
        let verdict = screen(&call, &Settings::default(), &NoMemory, database, now);
        Ok(format!("{} {}", verdict.action, verdict.rule))
    }
}

/// Measures with `program`, which is built as the library is; the library and
/// what measures it on the JVM may be missing.
pub fn ffi(
    program: &Path,
    phones: &Phones,
    [library, jar]: [Option<&Path>; 2],
    page: &mut Page,
) -> Outcome<()> {
    native(program, phones, page)?;
    cold::first_on_phone(program, phones, page)?;
    match (library, jar) {
        (Some(library), Some(jar)) => {
            let jvm = Jvm::prepare(library, jar, phones, &Database::open(DATABASE.as_ref())?)?;
            page.fill("ffi-jvm", include_str!("jvm.md"));
            jvm.report(page)?;
            jvm_hot::ringing(&jvm, program, page)?;
            jvm_hot::asked(&jvm, program, page)?;
            jvm_hot::tables(&jvm, page)?;
            jvm_cold::cold(&jvm, phones, page)?;
        }
        _ => page.fill("ffi-jvm", NO_JVM),
    }
    match library {
        Some(library) => size(library, page)?,
        None => page.fill("ffi-size", NO_LIBRARY),
    }
    Ok(())
}

/// What the engine adds to the core.
fn native(program: &Path, phones: &Phones, page: &mut Page) -> Outcome<()> {
    let entrants = [
        Entrant::new("core", program, "core"),
        Entrant::new("`Engine`", program, "phone").with(&phones.home),
        Entrant::new("`Engine`, full memory", program, "phone").with(&phones.full),
    ];
    let mut workers: Vec<Worker> = entrants.iter().map(Worker::start).collect::<Outcome<_>>()?;
    let mut rows = Vec::new();
    for ring in RINGS {
        let asked = (ring.number.to_owned(), HOME.to_owned());
        rows.push((ring.title, race(&mut workers, &asked)?));
    }
    page.fill("home", HOME);
    page.fill("capacity", &number(CAPACITY as f64));
    page.fill("ffi-native", &crate::compared("call", &entrants, &rows));
    Ok(())
}

fn size(library: &Path, page: &mut Page) -> Outcome<()> {
    let stripped = fs::metadata(library)?.len() as f64;
    page.budget("library for phones, stripped", "bytes", LIBRARY, stripped);
    let database = fs::metadata(DATABASE)?.len() as f64;
    let rows = [
        ("`libringfence.so`, stripped", stripped),
        ("the bundled database", database),
        ("both", stripped + database),
    ];
    let rows = rows.map(|(what, bytes)| vec![what.to_owned(), number(bytes)]);
    page.fill("ffi-size", &table(&["what an app ships", "bytes"], &rows));
    Ok(())
}
