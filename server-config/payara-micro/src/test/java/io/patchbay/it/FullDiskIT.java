package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A capture that fills its disk, in the lab that a fresh server has. */
class FullDiskIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ID = "f1257000-1ab0-4000-8000-000000000001";
  private static final String PROJECT = "/v2/projects/" + ID;

  private Server server;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void start() throws Exception {
    Installed.require("tshark");
    server = Servers.embedded();
    disk =
        Files.createDirectories(
            server.home().resolve("projects").resolve(ID).resolve("project-files/captures"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    assumeTrue(mounted, "needs the right to mount a tmpfs");
  }

  @AfterEach
  void end() throws Exception {
    if (mounted) {
      assertEquals(204, server.api().call("POST", PROJECT + "/close", "").status());
      assertTrue(run("umount", disk.toString()));
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  @Test
  void theCaptureEndsAndTheLabGoesOn() throws Exception {
    Api api = server.api();
    api.post(PROJECT + "/open", "");
    api.post(PROJECT + "/nodes/start", "");
    JsonObject first =
        api.call("GET", PROJECT + "/links", "").array().getValuesAs(JsonObject.class).getFirst();
    String link = PROJECT + "/links/" + first.getString("link_id");
    String pc = first.getJsonArray("nodes").getJsonObject(0).getString("node_id");
    JsonObject capture = api.post(link + "/start_capture", "{}");
    try (Listener news = new Listener(api.socket(PROJECT + "/notifications/ws"));
        Listener terminal = new Listener(api.socket(PROJECT + "/nodes/" + pc + "/console/ws"))) {
      terminal.ask(
          "ping 10.0.0.2 -c 100 -l 1400 -i 1", text -> text.contains("icmp_seq=100 "), PATIENCE);
      news.await(
          text -> text.contains("log.warning") && text.contains("has ended: No space"), PATIENCE);
      news.await(text -> text.contains("link.updated"), PATIENCE);
      assertFalse(api.call("GET", link, "").object().getBoolean("capturing"));
      terminal.forget();
      terminal.ask("ping 10.0.0.2 -c 1", text -> text.contains("icmp_seq=1 ttl="), PATIENCE);
    }
    Path file = Path.of(capture.getString("capture_file_path"));
    assertFalse(Tshark.read(file, "icmp", "ip.dst").isEmpty(), "what was recorded is kept");
    Files.delete(file);
    assertTrue(api.post(link + "/start_capture", "{}").getBoolean("capturing"));
  }
}
