package io.patchbay.it;

import static io.patchbay.it.RolesServer.PASSWORD;
import static io.patchbay.it.RolesServer.SERVER;
import static io.patchbay.it.RolesServer.addPc;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.create;
import static io.patchbay.it.RolesServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that begin to send and go no further, and such that read nothing: others are served as if
 * they were not there. Of those that send there are more than the server has threads for requests.
 */
@Timeout(120)
@TestMethodOrder(OrderAnnotation.class)
class SlowClientsIT {
  private static final int MANY = 1100;
  private static final String HEAD = "POST /v2/projects HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  private static final String LENGTH = "Content-Length: 1000\r\n\r\n{\"name\":";

  private static SlowReaders readers;

  private final List<Socket> sockets = new ArrayList<>();

  /** They wait beside all tests, since the server does not let go of them at once. */
  @BeforeAll
  static void readNothing() throws Exception {
    readers = SlowReaders.start(basic(SlowReaders.USER, PASSWORD));
  }

  @AfterAll
  static void leaveReaders() throws Exception {
    readers.close();
  }

  @AfterEach
  void leave() throws IOException {
    close();
    Deadline.await("all are forgotten", () -> answers("bob"));
  }

  private void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
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

  /** Else they could leave answers unread by the thousand. */
  @Test
  void strangersHaveOneAnswerFromAConnection() throws Exception {
    for (String path : List.of("GET /v2/projects", "GET /health/live", "OPTIONS /v2/projects")) {
      String answers =
          RawRequest.exchange(
              SERVER.port(), (path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").repeat(3));
      assertEquals(2, answers.split("HTTP/1.1 ", -1).length, answers);
    }
  }

  @Test
  void bodiesThatDoNotComeFromAUser() throws Exception {
    for (int i = 0; i < 2 * RolesServer.REQUESTS_PER_USER; i++) {
      begin(HEAD + basic("bob", PASSWORD) + LENGTH);
    }
    assertEquals(RolesServer.REQUESTS_PER_USER, tooMany());
    assertTrue(answers("ann"));
    assertEquals(429, as("bob").call("GET", "/v2/version", "").status());
    leave();
    Deadline.await("room for as many as before", this::letsAllIn);
  }

  /** None of those who left is counted any more. */
  private boolean letsAllIn() {
    try {
      for (int i = 0; i < RolesServer.REQUESTS_PER_USER; i++) {
        begin(HEAD + basic("bob", PASSWORD) + LENGTH);
      }
      int refused = refused(new ArrayList<>(sockets));
      close();
      return refused == 0;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  @Order(1)
  void whoReadsNothingHoldsNoThread() throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(SERVER.pid()),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String threads = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, jcmd.waitFor(), threads);
    assertTrue(threads.contains("http-thread-pool"), threads);
    for (String thread : threads.split("\n\n")) {
      assertFalse(
          thread.startsWith("\"http-thread-pool") && thread.contains("OutputBuffer"), thread);
    }
  }

  /** Administrators may have any number of requests under way. */
  @Test
  void bodiesThatDoNotComeFromManyWithAPassword() throws Exception {
    for (int i = 0; i < MANY; i++) {
      begin(HEAD + basic("root", PASSWORD) + LENGTH);
    }
    assertEverythingGoesOn();
  }

  /** Where nobody looks at a body, nobody waits for it either once some do. */
  @Test
  void bodiesThatNobodyNeedsAndThatDoNotCome() throws Exception {
    String project = create("root", "bodies-nobody-needs");
    for (int i = 0; i < MANY; i++) {
      begin(
          HEAD.replace("/v2/projects", project + "/nodes/stop") + basic("root", PASSWORD) + LENGTH);
    }
    assertEverythingGoesOn();
    assertEquals(204, status("root", "DELETE", project));
  }

  private static void assertEverythingGoesOn() throws Exception {
    assertTrue(answers("ann"));
    String project = create("ann", "among-slow-ones");
    String pc = addPc("ann", project);
    assertEquals(200, status("ann", "POST", pc + "/start"));
    assertEquals(204, status("ann", "DELETE", project));
  }

  /** How many of those who wait have been told to come again; it asks until enough have been. */
  private int tooMany() throws IOException {
    List<Socket> silent = new ArrayList<>(sockets);
    int refused = 0;
    for (int i = 0; refused < RolesServer.REQUESTS_PER_USER && i < 5; i++) {
      refused += refused(silent);
    }
    return refused;
  }

  /** How many have been told to come again; those that are answered are removed. */
  private static int refused(List<Socket> silent) throws IOException {
    int refused = 0;
    for (Socket socket : List.copyOf(silent)) {
      socket.setSoTimeout(50);
      try {
        byte[] begin = socket.getInputStream().readNBytes(12);
        refused += new String(begin, StandardCharsets.US_ASCII).endsWith(" 429") ? 1 : 0;
        silent.remove(socket);
      } catch (SocketTimeoutException waits) {
        // It was let in, or is not answered yet.
      }
    }
    return refused;
  }
}
