# Builds the hub and packs it in layers: what changes often is a small layer on top.
FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -ntp -DskipTests package \
 && java -Djarmode=tools -jar target/inspakta-hub-*.jar extract --layers --destination layers --application-filename hub.jar

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 hub \
 && useradd --system --uid 10001 --gid hub --home-dir /hub --create-home hub \
 && mkdir -p /hub/spool /hub/logs \
 && chown hub:hub /hub/spool /hub/logs
WORKDIR /hub
ENV JAVA_TOOL_OPTIONS="-Xms192m -Xmx192m -XX:+UseSerialGC -XX:+UseTransparentHugePages -XX:TrimNativeHeapInterval=5000 -XX:+ExitOnOutOfMemoryError"
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# An archive of the classes spares two fifths of the start: it is made where it is used, by the same Java.
COPY ops/archive ./
RUN ./archive . && rm archive
USER hub
# The spool holds what was accepted while the database was away: it must outlive the container.
VOLUME ["/hub/spool", "/hub/logs"]
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8000} && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 2 line <&3 && [[ $line == *' 200'* ]]"]
# exec form: a SIGTERM reaches the hub, which ends what it is at and hands over the rest
ENTRYPOINT ["java", "-XX:SharedArchiveFile=hub.jsa", "-jar", "hub.jar"]
