package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run on a fresh machine: what the server says is done, without any emulator. */
class FirstLabIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  // Longer than a ping in vain is silent, in milliseconds.
  private static final int QUIET = 5_000;

  @Test
  void theFirstPingIsAsNearAsTheServerSays(@TempDir Path directory) throws Exception {
    try (Server server =
        Server.startWithoutPrograms(directory.resolve("home"), "patchbay.vpcs.engine=auto")) {
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
      Telnet pc = new Telnet(console.group(1), Integer.parseInt(console.group(2)));
      pc.askUntil(ping + " -c 1", "84 bytes from 10.0.0.2 icmp_seq=1 ttl=64");
      JsonObject node =
          api.call("GET", start.group(1).replace("/start", ""), "").array().getJsonObject(0);
      String socket = start.group(1).replace("start", node.getString("node_id") + "/console/ws");
      try (Listener terminal = new Listener(api.socket(socket))) {
        terminal.ask(
            "show ip", text -> text.contains("NAME        : " + node.getString("name")), PATIENCE);
      }

      // A PC inside the server ends with it, and is there again with the next one.
      pc.askUntil("ip 10.0.0.9 24", "PC1 : 10.0.0.9 255.255.255.0");
      // The answer to the next command tells that the one before is over and written down.
      pc.askUntil("show ip", "10.0.0.9/24");
      server.kill();
      server.restart();
      pc.askUntil("show ip", "10.0.0.9/24");
      pc.askUntil(ping + " -c 1", "84 bytes from 10.0.0.2 icmp_seq=1 ttl=64");
    }
  }

  private static Matcher find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), () -> "nothing like " + pattern + " in\n" + text);
    return matcher;
  }

  /** A console; each question is a connection of its own, as servers come and go. */
  private record Telnet(String host, int port) {

    /** Types a line, again and again, until a text comes; what is asked about may take a while. */
    void askUntil(String line, String wanted) throws Exception {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      String answer = "";
      while (!answer.contains(wanted)) {
        assertTrue(System.nanoTime() < deadline, () -> wanted + " did not come");
        answer = ask(line, wanted);
      }
    }

    /** What comes until the wanted text, or until nothing comes for a while. */
    private String ask(String line, String wanted) throws Exception {
      StringBuilder seen = new StringBuilder();
      try (Socket telnet = new Socket(host, port)) {
        telnet.setSoTimeout(QUIET);
        telnet.getOutputStream().write((line + "\r").getBytes(StandardCharsets.US_ASCII));
        InputStream in = telnet.getInputStream();
        byte[] buffer = new byte[1024];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          seen.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
          if (seen.indexOf(wanted) >= 0) {
            break;
          }
        }
      } catch (SocketTimeoutException | ConnectException notNow) {
        // It is asked again.
      }
      return seen.toString();
    }
  }
}
