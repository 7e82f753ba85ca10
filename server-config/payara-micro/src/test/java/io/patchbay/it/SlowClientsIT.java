package io.patchbay.it;

import static io.patchbay.it.RolesServer.PASSWORD;
import static io.patchbay.it.RolesServer.SERVER;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that begin to send and go no further: others are served as if they were not there. There
 * are more of them than the server has threads for requests.
 */
@Timeout(120)
class SlowClientsIT {
  private static final int MANY = 1100;
  private static final String HEAD = "POST /v2/projects HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  private static final String LENGTH = "Content-Length: 1000\r\n\r\n{\"name\":";

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void leave() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    Deadline.await("all are forgotten", () -> answers("bob"));
  }

  private void begin(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
    sockets.add(socket);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean answers(String user) {
    try {
      return status(user, "GET", "/v2/projects") == 200;
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(both) + "\r\n";
  }

  @Test
  void headersThatDoNotEnd() throws Exception {
    for (int i = 0; i < MANY; i++) {
      begin(i % 2 == 0 ? "GET /v2/ver" : HEAD + "X-Slow: ");
    }
    assertTrue(answers("ann"));
  }

  @Test
  void bodiesThatDoNotComeFromStrangers() throws Exception {
    for (int i = 0; i < MANY; i++) {
      begin(HEAD + LENGTH);
    }
    assertTrue(answers("ann"));
  }

  @Test
  void bodiesThatDoNotComeFromAUser() throws Exception {
    for (int i = 0; i < 2 * RolesServer.REQUESTS_PER_USER; i++) {
      begin(HEAD + basic("bob", PASSWORD) + LENGTH);
    }
    assertEquals(RolesServer.REQUESTS_PER_USER, tooMany());
    assertTrue(answers("ann"));
    assertEquals(429, as("bob").call("GET", "/v2/version", "").status());
  }

  /** How many of those who wait have been told to come again. */
  private int tooMany() throws IOException {
    int refused = 0;
    for (Socket socket : sockets) {
      // The first to come are let in and wait; a refusal is there in no time.
      socket.setSoTimeout(refused == 0 ? 50 : 5000);
      try {
        byte[] begin = socket.getInputStream().readNBytes(12);
        refused += new String(begin, StandardCharsets.US_ASCII).endsWith(" 429") ? 1 : 0;
      } catch (SocketTimeoutException waits) {
        // It was let in.
      }
      if (refused == RolesServer.REQUESTS_PER_USER) {
        break;
      }
    }
    return refused;
  }
}
