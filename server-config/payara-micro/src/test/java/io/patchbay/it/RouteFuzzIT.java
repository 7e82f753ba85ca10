package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that are almost right, to every route of both WARs: none is answered with
 * 500, takes for ever, or tells of the server's files and classes. {@code -Dpatchbay.fuzz.seed}
 * gives other requests, and {@code -Dpatchbay.fuzz.requests} more of them for each route; each
 * route has its own, whatever came before.
 */
class RouteFuzzIT {
  private static final long SEED = Long.getLong("patchbay.fuzz.seed", 20_240_607);
  private static final int REQUESTS_PER_ROUTE = Integer.getInteger("patchbay.fuzz.requests", 20);
  private static final int PATIENCE_MS = 20_000;

  /** After so many there is no use in going on. */
  private static final int ENOUGH_FAULTS = 40;

  private static final Pattern ROUTE =
      Pattern.compile("^(?<needs>[a-z+-]+)\\s+(?<method>[A-Z]+)\\s+(?<path>/\\S+)");
  private static final Pattern PARAMETER = Pattern.compile("\\{(?<name>\\w+)(?::(?<is>[^}]*))?}");
  private static final Pattern LEAK =
      Pattern.compile(
          "Exception|\\bat (io|java|org|com|fish)\\.|java\\.|jakarta\\.|io\\.patchbay|root:x:0");

  private static final List<String> PARTS =
      List.of(
          "%00",
          "..%2f..%2fetc%2fpasswd",
          "..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
          "%2fetc%2fpasswd",
          "%2e%2e",
          "..",
          ".",
          "%",
          "%zz",
          "%c0%ae%c0%ae",
          "%ff",
          "a%0d%0ab",
          "%5c..%5c",
          "C:%5cx",
          "x".repeat(3000),
          "%e2%82%ac",
          ";a=b",
          "'",
          "%22",
          "{}",
          "-1",
          "99999999999999999999",
          "null",
          "*",
          "..;",
          "~",
          "%252e%252e%252f",
          "11111111-2222-4333-8444-000000000404",
          "local",
          "qemu");
  private static final List<String> QUERIES =
      List.of("name", "path", "include_images", "include_snapshots", "compression", "scope", "x");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type: application/json",
          "Content-Type: text/xml",
          "Content-Type: /",
          "Content-Type: multipart/form-data",
          "Content-Type: application/x-www-form-urlencoded; charset=nothing",
          "Accept: nothing/at-all",
          "Accept: ;;;",
          "Range: bytes=-1",
          "Range: bytes=9-1,,",
          "Origin: null",
          "Upgrade: websocket",
          "Upgrade: h2c",
          "Expect: 100-continue",
          "If-None-Match: *",
          "If-Modified-Since: yesterday",
          "Cookie: JSESSIONID=../x",
          "X-HTTP-Method-Override: DELETE",
          "X-Forwarded-For: x",
          "Accept-Encoding: gzip;q=x",
          "Content-Encoding: gzip");

  /** What would end the server, or the compute that other tests work with. */
  private static final List<String> LEFT_ALONE =
      List.of(
          "POST /v2/shutdown", "PUT /v2/computes/{compute_id}", "DELETE /v2/computes/{compute_id}");

  private record Route(List<String> needs, String method, String path) {
    String user(int number) {
      if (needs.contains("administrator")) {
        return "root";
      }
      return needs.contains("audit") ? "eve" : number % 4 == 0 ? "tom" : "ann";
    }

    boolean isOfCompute() {
      return path.startsWith("/v2/compute/");
    }

    boolean isOfProject() {
      return path.contains("{project_id}");
    }
  }

  private static List<Route> routes() throws IOException {
    List<Route> all = new ArrayList<>();
    for (String war : List.of("controller-war", "compute-war")) {
      Path table = Path.of("../..", war, "src/main/resources/META-INF/access.txt");
      for (String line : Files.readAllLines(table)) {
        Matcher route = ROUTE.matcher(line);
        if (route.find()) {
          all.add(
              new Route(
                  List.of(route.group("needs").split("\\+")),
                  route.group("method"),
                  route.group("path")));
        }
      }
    }
    all.removeIf(route -> LEFT_ALONE.contains(route.method() + " " + route.path()));
    return all;
  }

  @AfterAll
  static void tidyUp() throws Exception {
    for (String user : List.of("ann", "tom")) {
      for (JsonObject project :
          RolesServer.as(user)
              .call("GET", "/v2/projects", "")
              .array()
              .getValuesAs(JsonObject.class)) {
        RolesServer.status("root", "DELETE", "/v2/projects/" + project.getString("project_id"));
      }
    }
    for (JsonObject compute :
        RolesServer.as("root")
            .call("GET", "/v2/computes", "")
            .array()
            .getValuesAs(JsonObject.class)) {
      if (!compute.getString("compute_id").equals("local")) {
        RolesServer.status("root", "DELETE", "/v2/computes/" + compute.getString("compute_id"));
      }
    }
  }

  @Test
  void noRouteFailsHangsOrTellsOfTheServer() throws Exception {
    List<String> faults = new ArrayList<>();
    int sent = 0;
    for (Route route : routes()) {
      Map<String, String> scene = route.isOfProject() ? scene() : new HashMap<>(COMMON);
      Random random = new Random(SEED ^ (route.method() + route.path()).hashCode());
      for (int i = 0; i < REQUESTS_PER_ROUTE && faults.size() < ENOUGH_FAULTS; i++) {
        String authorization = route.isOfCompute() ? controller() : basic(route.user(i));
        String request = new Fuzzed(route, scene, random).request(authorization);
        String answer = answer(request);
        sent++;
        fault(answer)
            .ifPresent(why -> faults.add(why + " for " + shown(request) + " -> " + shown(answer)));
      }
      if (route.isOfProject()) {
        RolesServer.status("root", "DELETE", "/v2/projects/" + scene.get("project_id"));
      }
    }
    assertEquals(
        List.of(), faults, faults.size() + " of " + sent + " requests with the seed " + SEED);
    assertEquals(List.of(), unforeseen());
    assertTrue(sent > 2000, sent + " requests");
  }

  /** What the server's log says of failures that it did not expect, with what follows. */
  private static List<String> unforeseen() {
    List<String> lines = RolesServer.SERVER.log().lines().toList();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("unforeseen failure")) {
        found.add(String.join("\n", lines.subList(i, Math.min(i + 12, lines.size()))));
      }
    }
    return found;
  }

  private static final Map<String, String> COMMON =
      Map.ofEntries(
          Map.entry("compute_id", "local"),
          Map.entry("node_type", "vpcs"),
          Map.entry("adapter_number", "0"),
          Map.entry("port_number", "0"),
          Map.entry("engine", "vmware"),
          Map.entry("symbol_id", ":/symbols/router.svg"),
          Map.entry("scope", "application"),
          Map.entry("page", "web-ui/index.html"),
          Map.entry("filename", "fuzz.img"),
          Map.entry("path", "startup.vpc"),
          Map.entry("action", "images"),
          Map.entry("template_id", template()),
          Map.entry("NODE", "11111111-2222-4333-8444-000000000001"),
          Map.entry("OTHER", "11111111-2222-4333-8444-000000000002"));

  /** The one of virtual PCs, which is there from the start. */
  private static String template() {
    try {
      return RolesServer.as("ann")
          .call("GET", "/v2/templates", "")
          .array()
          .getValuesAs(JsonObject.class)
          .stream()
          .filter(template -> template.getString("template_type").equals("vpcs"))
          .findFirst()
          .orElseThrow()
          .getString("template_id");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A project with a bit of everything, for requests that get beyond the first check. */
  private static Map<String, String> scene() throws Exception {
    String project = RolesServer.create("ann", "fuzz-scene");
    Api ann = RolesServer.as("ann");
    Map<String, String> names = new HashMap<>(COMMON);
    names.put("project_id", last(project));
    names.put("NODE", last(RolesServer.addPc("ann", project)));
    names.put("OTHER", last(RolesServer.addPc("ann", project)));
    names.put("node_id", names.get("NODE"));
    names.put(
        "link_id",
        ann.post(
                project + "/links",
                """
                {"nodes": [{"node_id": "%s", "adapter_number": 0, "port_number": 0},
                           {"node_id": "%s", "adapter_number": 0, "port_number": 0}]}\
                """
                    .formatted(names.get("NODE"), names.get("OTHER")))
            .getString("link_id"));
    names.put(
        "drawing_id",
        ann.post(project + "/drawings", "{\"svg\": \"<svg height='9' width='9'></svg>\"}")
            .getString("drawing_id"));
    names.put(
        "snapshot_id",
        ann.post(project + "/snapshots", "{\"name\": \"s\"}").getString("snapshot_id"));
    return names;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** One request to a route, made by chance. */
  private record Fuzzed(Route route, Map<String, String> scene, Random random, FuzzBodies bodies) {
    Fuzzed(Route route, Map<String, String> scene, Random random) {
      this(route, scene, random, new FuzzBodies(random));
    }

    String request(String authorization) {
      String path = path();
      boolean bodiless = route.method().equals("GET") && random.nextInt(3) > 0;
      String body = bodiless ? "" : bodies.next(route.path(), scene);
      List<String> others = List.of("PATCH", "HEAD", "TRACE", "FOO", "OPTIONS");
      String method = random.nextInt(20) == 0 ? bodies.one(others) : route.method();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
      text.append("Host: 127.0.0.1\r\nConnection: close\r\n").append(authorization);
      text.append("Content-Length: ").append(bytes.length).append("\r\n");
      for (int i = random.nextInt(3); i > 0; i--) {
        text.append(bodies.one(HEADERS)).append("\r\n");
      }
      return text + "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String path() {
      String path = PARAMETER.matcher(route.path()).replaceAll(this::part);
      // An answer without an end would be none of the faults that are looked for.
      boolean endless = path.endsWith("/notifications") || path.endsWith("/pcap");
      if (endless || random.nextInt(10) == 0) {
        path += "/" + bodies.one(PARTS);
      }
      return random.nextInt(3) == 0
          ? path + "?" + bodies.one(QUERIES) + "=" + bodies.one(PARTS)
          : path;
    }

    private String part(java.util.regex.MatchResult parameter) {
      String name = parameter.group(1);
      String choices = parameter.group(2);
      String usual =
          name.equals("emulator")
              ? choices == null ? "qemu" : bodies.one(List.of(choices.split("\\|")))
              : scene.getOrDefault(name, "x");
      // One that is deleted, or closed for good, would leave nothing for those that follow.
      boolean odd = random.nextInt(4) == 0 || route.needs().contains("own") && isOf(name);
      return Matcher.quoteReplacement(odd ? bodies.one(PARTS) : usual);
    }

    private boolean isOf(String name) {
      return name.equals("project_id") && route.method().equals("DELETE");
    }
  }

  /** The answer; empty if none came in time. */
  private static String answer(String request) throws IOException {
    try {
      return RawRequest.exchange(RolesServer.SERVER.port(), request, PATIENCE_MS);
    } catch (SocketException | SocketTimeoutException none) {
      return "";
    }
  }

  private static Optional<String> fault(String answer) {
    if (!answer.startsWith("HTTP/1.1 ")) {
      return Optional.of("no answer");
    }
    int status = Integer.parseInt(answer.substring(9, 12));
    if (status >= 500) {
      return Optional.of("status " + status);
    }
    int body = answer.indexOf("\r\n\r\n");
    boolean leaks =
        status >= 400
            && (LEAK.matcher(answer.substring(body)).find()
                || answer.contains(Path.of("target").toAbsolutePath().toString()));
    return leaks ? Optional.of("a leak") : Optional.empty();
  }

  private static String shown(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("Authorization"))
        .collect(Collectors.joining(" | "))
        .transform(all -> all.substring(0, Math.min(500, all.length())));
  }

  private static String basic(String user) {
    return header(user + ":" + RolesServer.PASSWORD);
  }

  private static String controller() throws IOException {
    return header(
        "controller:" + Files.readString(RolesServer.SERVER.home().resolve("run/local-secret")));
  }

  private static String header(String both) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }
}
