# The same distribution as `scripts/run` starts, in an image: built in the first stage, run without root in the second.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -q -Pquick -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre
RUN apt-get update \
    && apt-get install -y --no-install-recommends libopus0 curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/copperline copperline
COPY --from=build /src/gateway/target/copperline /opt/copperline
USER copperline
WORKDIR /var/lib/copperline
VOLUME /var/lib/copperline
# HTTP, SIP (UDP and TCP), browser audio (one port for each shard), trunk audio: see docs/operations.md.
EXPOSE 8080 5060/udp 5060/tcp 10000-10015/udp 10000-10015/tcp 20000-29999/udp
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD curl -fsS "${COPPERLINE_HEALTH_URL:-http://127.0.0.1:8080/health/ready}" || exit 1
ENTRYPOINT ["/opt/copperline/bin/copperline"]
CMD ["run", "/etc/copperline/copperline.yaml"]
