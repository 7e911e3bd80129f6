//! The packed verdict and its codes as Kotlin.

use std::fmt::Write;

use ringfence::screening::{Action, Category, Rule};
use ringfence_engine::{FIELDS, Failure, Field};

/// One entry of an enum: name, code, id, documentation.
struct Entry(String, u8, &'static str, &'static str);

/// An enum with codes, and what stands for a code that it does not know.
struct Codes {
    name: &'static str,
    doc: &'static str,
    other: &'static str,
    entries: Vec<Entry>,
}

fn enums() -> [Codes; 4] {
    [
        Codes {
            name: "Action",
            doc: "What the phone does with a call, from the mildest to the hardest.",
            other: "ALLOW",
            entries: Action::ALL
                .iter()
                .map(|action| entry(*action as u8, action.id(), action.doc()))
                .collect(),
        },
        Codes {
            name: "Rule",
            doc: "The rules, in the order in which they are looked at; the first that matches decides.",
            other: "NONE",
            entries: std::iter::once(entry(0, "none", "No rule decided: screening failed."))
                .chain(
                    Rule::ORDER
                        .iter()
                        .map(|rule| entry(*rule as u8, rule.id(), rule.doc())),
                )
                .collect(),
        },
        Codes {
            name: "Category",
            doc: "What a verdict says the caller may be.",
            other: "NOTHING_KNOWN",
            entries: Category::ALL
                .iter()
                .map(|category| entry(*category as u8, category.id(), category.doc()))
                .collect(),
        },
        Codes {
            name: "Failure",
            doc: "Why screening could not do its work. The phone rings.",
            other: "INTERNAL",
            entries: Failure::ALL
                .iter()
                .map(|failure| entry(*failure as u8, failure.id(), failure.doc()))
                .collect(),
        },
    ]
}

fn entry(code: u8, id: &'static str, doc: &'static str) -> Entry {
    Entry(id.to_uppercase(), code, id, doc.trim())
}

/// The whole file.
pub fn kotlin() -> String {
    let mut text = String::from(
        "// Written by `cargo xtask bindings` from the core's definitions. Do not edit.\n\
         package app.ringfence\n\n",
    );
    verdict(&mut text);
    for codes in enums() {
        codes.write(&mut text);
    }
    text
}

fn verdict(text: &mut String) {
    text.push_str("/**\n * What screening decided about one call, in 64 bits:\n *\n");
    text.push_str(" * | bits | field | what it holds |\n * |---|---|---|\n");
    for Field {
        name,
        shift,
        bits,
        doc,
    } in FIELDS
    {
        let last = shift + bits - 1;
        let _ = writeln!(text, " * | {shift} to {last} | [{name}] | {doc} |");
    }
    text.push_str(
        " *\n * A value class, so that a verdict on a ringing call is nothing but a long.\n */\n",
    );
    text.push_str("@JvmInline\npublic value class Verdict(public val packed: Long) {\n");
    for Field {
        name,
        shift,
        bits,
        doc,
    } in FIELDS
    {
        let field = format!("field({shift}, {bits})");
        let (kind, value) = match name {
            "action" | "rule" | "category" | "failure" => {
                let kind = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
                let value = format!("{kind}.of({field})");
                (kind, value)
            }
            _ => ("Int".to_owned(), field),
        };
        let _ = writeln!(
            text,
            "    /** {doc} */\n    public val {name}: {kind} get() = {value}\n"
        );
    }
    constructor(text);
    text.push_str(
        "    private fun field(shift: Int, bits: Int): Int = \
         (packed ushr shift and ((1L shl bits) - 1)).toInt()\n\n    \
         override fun toString(): String =\n        \
         \"Verdict(action=$action, rule=$rule, category=$category, confidence=$confidence, \" +\n            \
         \"failure=$failure, generation=$generation)\"\n}\n",
    );
}

/// For verdicts that do not come from the core: failures before it is reached,
/// and tests.
fn constructor(text: &mut String) {
    text.push_str("    /** A verdict with these fields. */\n    public constructor(\n");
    let mut packed = Vec::new();
    for Field {
        name, shift, bits, ..
    } in FIELDS
    {
        let parameter = match name {
            "action" => "Action",
            "rule" => "Rule = Rule.NONE",
            "category" => "Category = Category.NOTHING_KNOWN",
            "failure" => "Failure = Failure.NONE",
            _ => "Int = 0",
        };
        let _ = writeln!(text, "        {name}: {parameter},");
        let value = match parameter {
            "Int = 0" => format!("{name}.coerceIn(0, {})", (1_u64 << bits) - 1),
            _ => format!("{name}.code"),
        };
        packed.push(format!("({value}.toLong() shl {shift})"));
    }
    let packed = packed.join(" or\n            ");
    let _ = writeln!(text, "    ) : this(\n        {packed},\n    )\n");
}

impl Codes {
    fn write(&self, text: &mut String) {
        let Self {
            name, doc, other, ..
        } = self;
        let _ = writeln!(text, "\n/** {doc} */");
        let _ = writeln!(
            text,
            "public enum class {name}(\n    /** The code in a packed verdict. */\n    public val code: Int,\n    \
             /** The id, in snake case, as in the command's output. */\n    public val id: String,\n) {{"
        );
        for Entry(entry, code, id, doc) in &self.entries {
            let _ = writeln!(text, "    /** {doc} */\n    {entry}({code}, \"{id}\"),\n");
        }
        text.truncate(text.trim_end().len());
        // `getOrNull` would load the huge class that it is in while a call waits.
        let _ = write!(
            text,
            "\n    ;\n\n    internal companion object {{\n        private val all = arrayOfNulls<{name}>(256).also {{ all -> \
             values().forEach {{ all[it.code] = it }} }}\n\n        \
             fun of(code: Int): {name} = (if (code in all.indices) all[code] else null) ?: {other}\n    }}\n}}\n"
        );
    }
}
