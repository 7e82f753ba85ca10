package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the reference's recorded answers, a test for each scenario. They are not part of this
 * repository: the system property {@code patchbay.contract} says where they are, and without it
 * nothing is replayed. {@code replay-left-out.txt} lists the scenarios that are left out, and why.
 */
class ReplayIT {
  private static final Path CONTRACT =
      Path.of(System.getProperty("patchbay.contract", "")).toAbsolutePath().normalize();

  /** Where answers differ on purpose, see docs/contract.md. */
  private static final Pattern ON_PURPOSE =
      Pattern.compile(
          "content type is application/json, expected text"
              + "|header Connection is missing"
              + "|header Allow is '.*', expected '.*'");

  /** The same for what a node is asked to do: we answer with its status afterwards. */
  private static final Pattern STATUS_BEFORE =
      Pattern.compile("body\\.status is '\\w+', expected '(started|suspended|stopped)'");

  private static final Pattern FAILED_STEP =
      Pattern.compile("^(?:FAIL \\S+|    ) step \\d+ [A-Z]+ (\\S+): (.*)$");

  private static final Pattern ACTION =
      Pattern.compile("/v2/projects/.*/nodes/[^/]+/(start|stop|suspend|reload)");

  /** What scenarios may need and a machine of ours does not have; those are left out. */
  private static final Set<String> ABSENT =
      Set.of("docker", "appliances", "no-libvirt", "auth", "local");

  @TestFactory
  Stream<DynamicTest> controller() throws IOException {
    return scenarios("controller");
  }

  @TestFactory
  Stream<DynamicTest> compute() throws IOException {
    return scenarios("compute");
  }

  private static final class Replayed {
    /** With the ports of a server's defaults, which the recordings count on. */
    static final Server SERVER =
        Server.start(
            Path.of("target/home-replay"),
            "patchbay.compute.console-ports=5000-10000",
            "patchbay.compute.udp-ports=10000-20000");

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }

  private static Stream<DynamicTest> scenarios(String set) throws IOException {
    assumeTrue(
        Files.exists(CONTRACT.resolve("replay")),
        "patchbay.contract does not say where the recorded scenarios are");
    Set<String> leftOut = leftOut();
    try (Stream<Path> files = Files.list(CONTRACT.resolve(set))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      Set<String> names = all.stream().map(ReplayIT::name).collect(Collectors.toSet());
      List<String> stale =
          leftOut.stream()
              .filter(name -> name.startsWith(set + "/") && !names.contains(name))
              .toList();
      assertEquals(List.of(), stale, "there are no such scenarios");
      return all.stream()
          .filter(file -> !leftOut.contains(name(file)))
          .filter(file -> Collections.disjoint(needs(file), ABSENT))
          .map(file -> DynamicTest.dynamicTest(name(file), () -> replay(file)));
    }
  }

  private static String name(Path file) {
    return CONTRACT.relativize(file).toString().replace(".json", "").replace('\\', '/');
  }

  private static Set<String> needs(Path scenario) {
    try (JsonReader reader = Json.createReader(Files.newInputStream(scenario))) {
      return reader.readObject().getJsonArray("needs").getValuesAs(JsonString.class).stream()
          .map(JsonString::getString)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> leftOut() throws IOException {
    try (InputStream list = ReplayIT.class.getResourceAsStream("replay-left-out.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s", 2)[0])
          .collect(Collectors.toSet());
    }
  }

  private static void replay(Path scenario) throws Exception {
    Process replay =
        new ProcessBuilder(
                "python3",
                CONTRACT.resolve("replay").toString(),
                "--base",
                "http://127.0.0.1:" + Replayed.SERVER.port(),
                "--verbose",
                scenario.toString())
            .redirectErrorStream(true)
            .start();
    replay.getOutputStream().close();
    String output = new String(replay.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    replay.waitFor();
    assertTrue(output.contains(" passed, "), output);
    assertEquals(List.of(), output.lines().filter(ReplayIT::fails).toList(), output);
  }

  /** A step that did not even answer counts too, as does a scenario that was skipped. */
  private static boolean fails(String line) {
    Matcher step = FAILED_STEP.matcher(line);
    if (!step.matches()) {
      return line.startsWith("FAIL") || line.startsWith("skip");
    }
    boolean action = ACTION.matcher(step.group(1)).matches();
    String differences = step.group(2).replaceFirst(" \\[\\d+ steps fail]$", "");
    return !Stream.of(differences.split("; "))
        .allMatch(
            each ->
                ON_PURPOSE.matcher(each).matches()
                    || action && STATUS_BEFORE.matcher(each).matches());
  }
}
