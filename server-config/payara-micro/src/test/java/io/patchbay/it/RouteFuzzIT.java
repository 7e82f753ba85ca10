package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that are almost right, to every route of both WARs: none is answered with
 * 500, takes for ever, or tells of the server's files and classes.
 */
class RouteFuzzIT {
  private static final int REQUESTS_PER_ROUTE = 20;
  private static final long SEED = 20_240_607;
  private static final Pattern ROUTE =
      Pattern.compile("^(?:[a-z+-]+)\\s+(?<method>[A-Z]+)\\s+(?<path>/\\S+)");
  private static final Pattern PARAMETER = Pattern.compile("\\{\\w+(:[^}]*)?}");
  private static final Pattern LEAK =
      Pattern.compile("Exception|\\bat (io|java|org|com|fish)\\.|java\\.|jakarta\\.|io\\.patchbay");

  private static final List<String> PARTS =
      List.of(
          "%00",
          "..%2f..%2fetc%2fpasswd",
          "%2e%2e",
          "..",
          ".",
          "%",
          "%zz",
          "%c0%ae%c0%ae",
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
          "local",
          "qemu");
  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "7",
          "\"x\"",
          "{}",
          "{\"name\": null}",
          "{\"name\": {\"a\": []}}",
          "{\"name\": \"\\u0000\"}",
          "{\"name\": \"../../x\", \"project_id\": \"../../x\"}",
          "{\"a\": 1e999}",
          "{\"x\": 123456789012345678901234567890}",
          "[".repeat(5000),
          "{\"a\":".repeat(3000),
          "\u00ff\u00fe",
          "{\"name\": \"\ud800\"}",
          "{\"nodes\": [{\"node_id\": 1}, null]}",
          "{\"svg\": \"<!DOCTYPE x [<!ENTITY a '&b;'>]>\"}",
          "{\"properties\": {\"ports_mapping\": 3}, \"node_type\": \"vpcs\", \"compute_id\":"
              + " \"local\", \"name\": \"x\"}",
          "{\"users\": {\"\": \"view\"}}",
          "{\"name\": \"" + "n".repeat(70_000) + "\"}");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type: application/json",
          "Content-Type: text/xml",
          "Content-Type: /",
          "Content-Type: multipart/form-data",
          "Accept: nothing/at-all",
          "Accept: ;;;",
          "Range: bytes=-1",
          "Origin: null",
          "Upgrade: websocket",
          "If-None-Match: *",
          "Cookie: JSESSIONID=../x",
          "X-HTTP-Method-Override: DELETE",
          "Content-Encoding: gzip");

  private final Random random = new Random(SEED);

  private record Route(String method, String path) {}

  private static List<Route> routes() throws IOException {
    List<Route> all = new ArrayList<>();
    for (String war : List.of("controller-war", "compute-war")) {
      Path table = Path.of("../..", war, "src/main/resources/META-INF/access.txt");
      for (String line : Files.readAllLines(table)) {
        Matcher route = ROUTE.matcher(line);
        if (route.find()) {
          all.add(new Route(route.group("method"), route.group("path")));
        }
      }
    }
    return all;
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String request(Route route, String project, String authorization) {
    boolean[] odd = {false};
    String path =
        PARAMETER
            .matcher(route.path())
            .replaceAll(
                parameter -> {
                  boolean id = parameter.group().equals("{project_id}");
                  if (id && random.nextInt(4) > 0) {
                    return project;
                  }
                  odd[0] = true;
                  return Matcher.quoteReplacement(random.nextInt(3) == 0 ? project : one(PARTS));
                });
    boolean endless = path.endsWith("/notifications");
    if (endless || random.nextInt(8) == 0) {
      // An answer without an end would be none of the faults that are looked for.
      path += "/" + one(PARTS);
    }
    if (random.nextInt(3) == 0) {
      path +=
          "?"
              + one(List.of("name", "path", "include_images", "compression", "x"))
              + "="
              + one(PARTS);
    }
    String body = route.method().equals("GET") && random.nextInt(3) > 0 ? "" : one(BODIES);
    String method =
        random.nextInt(20) == 0 ? one(List.of("PATCH", "HEAD", "TRACE", "FOO")) : route.method();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder text =
        new StringBuilder(method + " " + path.replace(" ", "%20") + " HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1\r\nConnection: close\r\n").append(authorization);
    text.append("Content-Length: ").append(bytes.length).append("\r\n");
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(one(HEADERS)).append("\r\n");
    }
    return text + "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void noRouteFailsHangsOrTellsOfTheServer() throws Exception {
    String project = RolesServer.create("ann", "fuzzed");
    String id = project.substring(project.lastIndexOf('/') + 1);
    List<String> faults = new ArrayList<>();
    int sent = 0;
    for (Route route : routes()) {
      boolean compute = route.path().startsWith("/v2/compute/");
      for (int i = 0; i < REQUESTS_PER_ROUTE; i++) {
        String request =
            request(route, id, compute ? controller() : basic(i % 4 == 0 ? "tom" : "ann"));
        String answer = answer(request);
        sent++;
        fault(answer)
            .ifPresent(why -> faults.add(why + " for " + shown(request) + " -> " + shown(answer)));
      }
    }
    assertEquals(List.of(), faults.stream().limit(20).toList(), faults.size() + " of " + sent);
    assertFalse(RolesServer.SERVER.log().contains("unforeseen failure"), "in the log");
    RolesServer.status("ann", "DELETE", project);
  }

  /** The answer; empty if none came in time. */
  private static String answer(String request) throws IOException {
    try {
      return RawRequest.exchange(RolesServer.SERVER.port(), request);
    } catch (SocketException | SocketTimeoutException none) {
      return "";
    }
  }

  private static Optional<String> fault(String answer) {
    if (!answer.startsWith("HTTP/1.1 ")) {
      return Optional.of("no answer");
    }
    int status = Integer.parseInt(answer.substring(9, 12));
    // Without our headers it was refused before it came to us, such as a path with a bad escape.
    boolean ours = answer.contains("X-Content-Type-Options");
    if (ours && status >= 500) {
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
        .transform(all -> all.substring(0, Math.min(300, all.length())));
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
