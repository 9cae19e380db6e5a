# syntax=docker/dockerfile:1
FROM rust:1.95-bookworm AS builder
WORKDIR /src

# The dependencies alone, from the manifests and empty sources: this layer is built again only when Cargo.lock or a
# manifest changes.
FROM builder AS manifests
COPY . .
RUN find . -type f ! -name Cargo.toml ! -name Cargo.lock -delete \
    && find . -type d -empty -delete \
    && for manifest in crates/*/Cargo.toml migrations/Cargo.toml; do \
        mkdir -p "$(dirname "$manifest")/src" && touch "$(dirname "$manifest")/src/lib.rs"; \
    done \
    && mkdir -p tests/src && touch tests/src/main.rs \
    && echo 'fn main() {}' > crates/server/src/main.rs

FROM node:22-bookworm-slim AS graphiql
WORKDIR /src
COPY scripts/build-graphiql scripts/build-graphiql
COPY web/graphiql web/graphiql
RUN mkdir -p crates/server/src/http && scripts/build-graphiql

FROM builder AS build
COPY --from=manifests /src .
RUN cargo build --release --locked -p entente --features pdf
COPY . .
COPY --from=graphiql /src/web/graphiql/dist web/graphiql/dist
# Cargo compares times: the real sources must be newer than the empty ones.
RUN find crates migrations -name '*.rs' -exec touch {} + \
    && cargo build --release --locked -p entente --features pdf

FROM debian:bookworm-slim
# Papers as PDF are set in Noto Sans and Noto Naskh Arabic.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /var/lib/entente entente
COPY --from=build /src/target/release/entente /usr/local/bin/entente
USER entente
WORKDIR /var/lib/entente
ENV DATABASE_URL=sqlite:///var/lib/entente/entente.db?mode=rwc
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["entente", "health"]
ENTRYPOINT ["entente"]
# Inside a container loopback leads nowhere; what may reach the server is decided where its port is published.
CMD ["serve", "--listen", "0.0.0.0:8000", "--allow-remote"]
