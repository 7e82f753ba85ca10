package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Captures and filters of a link between two virtual PCs that run. */
class LinksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Server server = Servers.shared();
  private final Api api = server.api();
  private String project;
  private String link;
  private String one;
  private Listener terminal;

  @BeforeEach
  void makeALab() throws Exception {
    Installed.requireVpcs();
    project =
        "/v2/projects/"
            + api.post(
                    "/v2/projects",
                    "{\"name\": \"it-links-%s\", \"auto_close\": false}"
                        .formatted(UUID.randomUUID()))
                .getString("project_id");
    one = addPc("PC1", "10.9.7.1");
    String two = addPc("PC2", "10.9.7.2");
    link =
        project
            + "/links/"
            + api.post(
                    project + "/links",
                    "{\"nodes\": [{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0},"
                            .formatted(one)
                        + "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0}]}"
                            .formatted(two))
                .getString("link_id");
    assertEquals(409, api.call("POST", link + "/start_capture", "{}").status());
    api.post(project + "/nodes/start", "");
    terminal = new Listener(api.socket(project + "/nodes/" + one + "/console/ws"));
    ping("ttl=");
  }

  @AfterEach
  void cleanUp() throws Exception {
    if (terminal != null) {
      terminal.close();
    }
    if (project != null) {
      api.call("DELETE", project, "");
    }
  }

  private String addPc(String name, String address) throws Exception {
    return api.post(
            project + "/nodes",
            "{\"name\": \"%s\", \"node_type\": \"vpcs\", \"compute_id\": \"local\",".formatted(name)
                + "\"properties\": {\"startup_script\": \"ip %s/24\\n\"}}".formatted(address))
        .getString("node_id");
  }

  /** Pings the other PC until the answer has this in it. */
  private String ping(String wanted) throws Exception {
    terminal.forget();
    return terminal.ask("ping 10.9.7.2 -c 1", text -> text.contains(wanted), PATIENCE);
  }

  /** Whether the far end is not found or does not answer depends on the age of the ARP cache. */
  private void pingInVain() throws Exception {
    terminal.forget();
    terminal.ask(
        "ping 10.9.7.2 -c 1",
        text -> text.contains("not reachable") || text.contains("timeout"),
        PATIENCE);
  }

  private JsonObject filter(String filters) throws Exception {
    Api.Answer answer = api.call("PUT", link, "{\"filters\": {" + filters + "}}");
    assertEquals(201, answer.status(), answer.response().body());
    return answer.object();
  }

  @Test
  void aCaptureCanBeReadWhileItGrows() throws Exception {
    Installed.require("tshark");
    JsonObject capturing = api.post(link + "/start_capture", "{}");
    assertTrue(capturing.getBoolean("capturing"));
    assertEquals("PC1_0-0_to_PC2_0-0.pcap", capturing.getString("capture_file_name"));
    assertEquals(409, api.call("POST", link + "/start_capture", "{}").status());
    HttpResponse<InputStream> pcap =
        Api.HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + link + "/pcap"))
                .build(),
            BodyHandlers.ofInputStream());
    assertEquals(200, pcap.statusCode());
    try (InputStream stream = pcap.body()) {
      byte[] header = stream.readNBytes(24);
      assertEquals((byte) 0xd4, header[0]);
      assertEquals(1, header[20]);
      ping("ttl=");
      // It comes while the capture goes on, and not with its end.
      assertEquals(16, stream.readNBytes(16).length);
      Path file = Path.of(capturing.getString("capture_file_path"));
      assertTrue(Tshark.read(file, "icmp", "ip.dst").contains("10.9.7.2"), "no ping in " + file);
      CompletableFuture<byte[]> rest =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return stream.readAllBytes();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              Executors.newVirtualThreadPerTaskExecutor());
      api.post(project + "/nodes/" + one + "/stop", "");
      JsonObject ended = api.call("GET", link, "").object();
      assertFalse(ended.getBoolean("capturing"), ended.toString());
      assertEquals(Files.size(file), 40 + rest.join().length);
    }
    assertEquals(409, api.call("GET", link + "/pcap", "").status());
  }

  @Test
  void theFramesOfALinkAreCounted() throws Exception {
    JsonObject before = traffic();
    ping("ttl=");
    JsonObject after = traffic();
    for (String way : List.of("sent", "received")) {
      int frames = after.getInt(way) - before.getInt(way);
      int bytes = after.getInt(way + "_bytes") - before.getInt(way + "_bytes");
      assertTrue(frames > 0, before + " and then " + after);
      // None is shorter than its header; an echo of 56 octets is among them.
      assertTrue(bytes >= 14 * frames + 56, before + " and then " + after);
    }
    assertEquals(403, closedTraffic());
  }

  private JsonObject traffic() throws Exception {
    return api
        .call("GET", project + "/traffic", "")
        .object()
        .getJsonArray("links")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(one -> link.endsWith(one.getString("link_id")))
        .findFirst()
        .orElseThrow();
  }

  private int closedTraffic() throws Exception {
    api.call("POST", project + "/close", "");
    return api.call("GET", project + "/traffic", "").status();
  }

  /** No frame passes, so nothing is written to it that would fail. */
  @Test
  void aReaderThatLeavesIsNoticed() throws Exception {
    Path table = Path.of("/proc/net/tcp6");
    assumeTrue(Files.exists(table), "needs Linux with IPv6");
    api.post(link + "/start_capture", "{}");
    api.call("PUT", link, "{\"suspend\": true}");
    int port;
    try (Socket client = new Socket("127.0.0.1", server.port())) {
      port = client.getLocalPort();
      client
          .getOutputStream()
          .write(
              ("GET " + link + "/pcap HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = "";
      while (!answer.contains("\r\n\r\n")) {
        answer += (char) client.getInputStream().read();
      }
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    }
    // The server's side waits for being closed, until the server does that.
    Pattern left = Pattern.compile(":%04X \\S+:%04X 08 ".formatted(server.port(), port));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (left.matcher(connections(table)).find()) {
      assertTrue(System.nanoTime() < deadline, "the reader's connection is still open");
      Thread.sleep(100);
    }
    api.post(link + "/stop_capture", "");
  }

  private static String connections(Path table) throws IOException {
    return Files.readString(table) + Files.readString(Path.of("/proc/net/tcp"));
  }

  @Test
  void filtersActOnTheLinkAndItRecovers() throws Exception {
    assertEquals(
        1, filter("\"bpf\": [\"icmp\"], \"corrupt\": [0]").getJsonObject("filters").size());
    ping("timeout");
    filter("\"packet_loss\": [100]");
    pingInVain();
    Api.Answer wrong = api.call("PUT", link, "{\"filters\": {\"packet_loss\": [101]}}");
    assertEquals(409, wrong.status());
    assertTrue(wrong.object().getString("message").contains("packet_loss"));
    for (String filters : List.of("\"bpf\": [\"tcp[\"]", "\"latency\": [5]")) {
      assertEquals(409, api.call("PUT", link, "{\"filters\": {" + filters + "}}").status());
    }
    assertTrue(
        api.call("GET", link, "").object().getJsonObject("filters").containsKey("packet_loss"));
    filter("\"delay\": [20, 5], \"bandwidth\": [1000]");
    ping("ttl=");
    api.call("PUT", link, "{\"suspend\": true}");
    pingInVain();
    api.call("PUT", link, "{\"suspend\": false, \"filters\": {}}");
    ping("ttl=");
  }
}
