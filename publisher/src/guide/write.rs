//! The section `guide.z`.

use ringfence::check::guide::{EvidenceIndex, ScriptIndex, layout};
use ringfence::database::format::MAX_INFLATED;
use ringfence::number::Region;

use super::tables::Tables;
use super::{Citation, Deed, Evidence, GuideSource, Question, ReportPlace, Script, Step, Tool};
use crate::Error;
use crate::deflate::deflate;

/// The section `guide.z`, of a guide as [`write()`] gives it: the same for the
/// same guide.
///
/// # Errors
/// [`Error::TooLarge`] if it outgrows the format.
pub fn pack(guide: &[u8]) -> Result<Vec<u8>, Error> {
    let length = u32::try_from(guide.len()).ok();
    let length = length.filter(|_| guide.len() <= MAX_INFLATED);
    let length = length.ok_or(Error::TooLarge("the guide"))?;
    let mut section = length.to_le_bytes().to_vec();
    section.extend(deflate(guide)?);
    Ok(section)
}

/// Writes the guide, which is also the section `guide` as it was stored
/// before: the same for the same sources.
///
/// # Errors
/// [`Error::TooLarge`] if the sources outgrow the format.
pub fn write(source: &GuideSource) -> Result<Vec<u8>, Error> {
    let mut tables = Tables::default();
    for evidence in &source.evidence {
        add_evidence(&mut tables, evidence)?;
    }
    for script in &source.scripts {
        add_script(&mut tables, script, &source.evidence)?;
    }
    for question in &source.questions {
        add_question(&mut tables, question)?;
    }
    let mut steps = Vec::new();
    for (region, step) in source.stored_steps() {
        steps.push((region, &step.id, add_step(&mut tables, step)?));
    }
    // Each country's own, and else the usual one.
    let row = |region, step: &Step| {
        let is = |of, id: &String| of == region && *id == step.id;
        let own = steps.iter().find(|(of, id, _)| is(*of, id));
        let usual = || {
            steps
                .iter()
                .find(|(of, id, _)| of.is_none() && **id == step.id)
        };
        own.or_else(usual).map_or(layout::NONE, |&(_, _, row)| row)
    };
    let rows = |region, steps: &[Step]| steps.iter().map(|step| row(region, step)).collect();
    add_place(&mut tables, None, "", rows(None, &source.steps), None)?;
    for country in &source.countries {
        let own = rows(Some(country.region), &country.steps);
        let report = country.report.as_ref();
        add_place(
            &mut tables,
            Some(country.region),
            &country.name,
            own,
            report,
        )?;
    }
    for tool in &source.tools {
        add_tool(&mut tables, tool)?;
    }
    tables.write()
}

fn region(region: Region) -> u32 {
    let mut bytes = [0; 4];
    for (place, &byte) in bytes.iter_mut().zip(region.as_str().as_bytes()) {
        *place = byte;
    }
    u32::from_le_bytes(bytes)
}

fn evidence_list(tables: &mut Tables, all: &[EvidenceIndex]) -> Result<u32, Error> {
    tables.list(all.iter().map(|index| index.0.into()).collect())
}

fn script_list(tables: &mut Tables, all: &[ScriptIndex]) -> Result<u32, Error> {
    tables.list(all.iter().map(|index| index.0.into()).collect())
}

fn add_source(tables: &mut Tables, source: &Citation) -> Result<u32, Error> {
    let date = source.date;
    let packed = u32::from(date.year) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day);
    let cells = vec![
        tables.text(&source.name)?,
        tables.text(&source.url)?,
        packed,
    ];
    tables.row(layout::SOURCES, cells)
}

fn add_evidence(tables: &mut Tables, evidence: &Evidence) -> Result<u32, Error> {
    let cells = vec![
        tables.text(&evidence.id)?,
        evidence.group as u32,
        evidence.base.to_bits(),
        evidence.strong.into(),
        tables.text(&evidence.title)?,
        tables.text(&evidence.ask)?,
        tables.text(&evidence.why)?,
    ];
    tables.row(layout::EVIDENCE, cells)
}

fn add_script(tables: &mut Tables, script: &Script, all: &[Evidence]) -> Result<u32, Error> {
    let mut stages = Vec::new();
    for stage in &script.stages {
        let weight = |&(index, likelihood): &(EvidenceIndex, f32)| {
            let weight = (likelihood * f32::from(layout::WEIGHT_ONE)).round() as u32;
            weight << 16 | u32::from(index.0)
        };
        let cells = vec![
            tables.text(&stage.id)?,
            tables.text(&stage.title)?,
            stage.reached.to_bits(),
            tables.texts(&stage.says)?,
            tables.list(stage.evidence.iter().map(weight).collect())?,
        ];
        stages.push(tables.row(layout::STAGES, cells)?);
    }
    let sources = script
        .sources
        .iter()
        .map(|source| add_source(tables, source));
    let sources = sources.collect::<Result<Vec<_>, _>>()?;
    let likelihoods = script.likelihoods(all).into_iter();
    let likelihoods = likelihoods.map(|value| (value * f64::from(u16::MAX)).round() as u16);
    let likelihoods: Vec<u16> = likelihoods.collect();
    let cells = vec![
        tables.text(&script.id)?,
        script.kind as u32,
        tables.text(&script.title)?,
        tables.texts(&script.names)?,
        tables.text(&script.summary)?,
        tables.list(script.countries.iter().copied().map(region).collect())?,
        tables.texts(&script.payment)?,
        tables.texts(&script.tools)?,
        script_list(tables, &script.look_alikes)?,
        tables.texts(&script.never)?,
        tables.text(&script.genuine)?,
        tables.list(stages)?,
        tables.list(sources)?,
        tables.shorts(&likelihoods)?,
    ];
    tables.row(layout::SCRIPTS, cells)
}

fn add_question(tables: &mut Tables, question: &Question) -> Result<u32, Error> {
    let mut options = Vec::new();
    for option in &question.options {
        let cells = vec![
            tables.text(&option.id)?,
            tables.text(&option.text)?,
            evidence_list(tables, &option.evidence)?,
        ];
        options.push(tables.own_row(layout::OPTIONS, cells)?);
    }
    let cells = vec![
        tables.text(&question.id)?,
        tables.text(&question.text)?,
        tables.list(options)?,
    ];
    tables.row(layout::QUESTIONS, cells)
}

fn add_step(tables: &mut Tables, step: &Step) -> Result<u32, Error> {
    let verdicts = [step.for_scam, step.for_unsure, step.for_clear];
    let verdicts = verdicts.iter().zip(0..);
    let (deed, target) = match &step.action {
        None => (0, ""),
        Some(Deed::Dial(number)) => (1, number.as_str()),
        Some(Deed::OpenSettings(name)) => (2, name.as_str()),
        Some(Deed::Uninstall) => (3, ""),
        Some(Deed::ShareReport(to)) => (4, to.as_str()),
        Some(Deed::OpenPage(url)) => (5, url.as_str()),
    };
    let cells = vec![
        tables.text(&step.id)?,
        step.block.into(),
        step.order.into(),
        verdicts.map(|(&shown, bit)| u32::from(shown) << bit).sum(),
        evidence_list(tables, &step.done)?,
        evidence_list(tables, &step.asked)?,
        script_list(tables, &step.scripts)?,
        tables.text(&step.text)?,
        deed,
        tables.text(target)?,
        match &step.source {
            Some(source) => add_source(tables, source)?,
            None => layout::NONE,
        },
    ];
    tables.own_row(layout::STEPS, cells)
}

fn add_place(
    tables: &mut Tables,
    of: Option<Region>,
    name: &str,
    steps: Vec<u32>,
    report: Option<&ReportPlace>,
) -> Result<u32, Error> {
    let of = of.map_or(layout::NONE, region);
    let mut cells = vec![of, tables.text(name)?, tables.list(steps)?];
    let texts = report.map_or([""; 5], |report| {
        [
            &report.name,
            &report.text_number,
            &report.phone,
            &report.url,
            &report.source,
        ]
        .map(String::as_str)
    });
    for text in texts {
        cells.push(tables.text(text)?);
    }
    tables.row(layout::PLACES, cells)
}

fn add_tool(tables: &mut Tables, tool: &Tool) -> Result<u32, Error> {
    let cells = vec![
        tables.text(&tool.id)?,
        tables.text(&tool.name)?,
        tables.texts(&tool.packages)?,
        tables.texts(&tool.names)?,
        add_source(tables, &tool.source)?,
    ];
    tables.row(layout::TOOLS, cells)
}
