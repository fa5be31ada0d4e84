# Talkoot in an image that holds the program, certificates to trust, and nothing else.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/talkoot . && mkdir /out/data

FROM scratch
LABEL org.opencontainers.image.title="Talkoot" org.opencontainers.image.licenses="EUPL-1.2"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/talkoot /talkoot
# The SQLite database, unless DATABASE_URL names a Postgres.
COPY --from=build --chown=65532:65532 --chmod=0700 /out/data /data
WORKDIR /data
VOLUME /data
USER 65532:65532

ENV HTTP_ADDR=0.0.0.0:8080
EXPOSE 8080
# No HEALTHCHECK: there is no shell here to ask with, and a bot that waits for its database or for Discord heals by
# itself, which a restart would only delay. Ask /healthz and /readyz from outside.
ENTRYPOINT ["/talkoot"]
CMD ["run"]
