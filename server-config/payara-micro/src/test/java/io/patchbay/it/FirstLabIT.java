package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run on a fresh machine: what the server says is done, without any emulator. */
class FirstLabIT {
  private static final int PATIENCE = 30_000;

  @Test
  void theFirstPingIsAsNearAsTheServerSays(@TempDir Path directory) throws Exception {
    try (Server server = Server.start(directory.resolve("home"), "patchbay.vpcs.engine=auto")) {
      String said = server.log();
      Matcher open = find("curl -X POST http://[^/]+(/v2/projects/\\S+/open)", said);
      Matcher start = find("curl -X POST http://[^/]+(/v2/projects/\\S+/nodes/start)", said);
      Matcher console = find("telnet (\\S+) (\\d+)", said);
      Api api = server.api();
      assertEquals(1, api.call("GET", "/v2/projects", "").array().size());
      JsonObject project = api.call("POST", open.group(1), "").object();
      assertEquals("opened", project.getString("status"));
      assertEquals(204, api.call("POST", start.group(1), "").status());
      String ping = find("(ping \\S+)", said).group(1);
      try (Socket telnet = new Socket(console.group(1), Integer.parseInt(console.group(2)))) {
        telnet.setSoTimeout(PATIENCE);
        telnet.getOutputStream().write((ping + " -c 1\r").getBytes(StandardCharsets.US_ASCII));
        assertTrue(readUntil(telnet.getInputStream(), "84 bytes from 10.0.0.2 icmp_seq=1 ttl=64"));
      }
      api.call("DELETE", "/v2/projects/" + project.getString("project_id"), "");
      server.restart();
      assertEquals(0, server.api().call("GET", "/v2/projects", "").array().size());
    }
  }

  private static Matcher find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), () -> "nothing like " + pattern + " in\n" + text);
    return matcher;
  }

  /** Whether a text comes; the socket's timeout ends a wait that is in vain. */
  private static boolean readUntil(InputStream in, String text) throws Exception {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[1024];
    while (seen.indexOf(text) < 0) {
      int length = in.read(buffer);
      if (length < 0) {
        return false;
      }
      seen.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
    }
    return true;
  }
}
