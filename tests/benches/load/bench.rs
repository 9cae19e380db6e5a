//! Measuring every shape on one database, under every number of clients.

use std::{sync::Arc, time::Duration};

use crate::{
    Outcome,
    arguments::Arguments,
    asking::{Asking, Crowd, Side},
    child::Child,
    database::{Made, Scratch},
    figures::{Figures, Row, Spent},
    process, same,
    shape::{SHAPES, Shape},
};

/// Both programs, each with what it is asked.
struct Pair {
    product: (Child, Asking),
    limit: (Child, Asking),
}

/// Measures each shape on servers of its own, so that the memory of one is not that of another.
pub(crate) async fn every_shape(arguments: &Arguments, made: &Made, scratch: &Scratch) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    let asked = |shape: &&Shape| arguments.shapes.is_empty() || arguments.shapes.iter().any(|name| name == shape.name);
    for shape in SHAPES.iter().filter(asked) {
        let start = |flag, side| -> Outcome<_> {
            Ok((Child::start(flag, arguments, &scratch.url)?, Asking::new(shape, side, Arc::clone(&made.known))))
        };
        let pair = Pair { product: start("--serve", Side::Product)?, limit: start("--limit", Side::Limit)? };
        let ports = (pair.product.0.port, pair.limit.0.port);
        same::check((&pair.product.1, ports.0), (&pair.limit.1, ports.1)).await?;
        for clients in &arguments.clients {
            let product = figures(&pair.product, *clients, arguments.time, scratch).await?;
            let limit = figures(&pair.limit, *clients, arguments.time, scratch).await?;
            let (engine, actions) = (scratch.engine, made.actions);
            let row = Row { engine, actions, shape: shape.name, clients: *clients, product, limit };
            eprintln!("{}, {clients} clients: {:.0} a second, {:.2}", shape.name, row.product.rate, row.ratio());
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Warms up for a fifth of the time, then measures.
async fn figures(
    (child, asking): &(Child, Asking),
    clients: usize,
    time: Duration,
    scratch: &Scratch,
) -> Outcome<Figures> {
    let mut crowd = Crowd::gather(asking.clone(), child.port, clients).await?;
    crowd.ask_for(time / 5).await?;
    let before = Spent::so_far(child, scratch);
    let went = crowd.ask_for(time).await?;
    Ok(Figures::new(went, before, Spent::so_far(child, scratch), process::resident(child.pid())))
}
