package io.patchbay.it;

import static io.patchbay.it.RolesServer.SERVER;
import static io.patchbay.it.RolesServer.addPc;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.create;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Clients of {@code tom} that ask for much and read nothing of it, as many as a user may have: for
 * a file, an archive, a long list, notifications by HTTP and by WebSocket. More is to be told to
 * each than the system takes for a client that does not read.
 */
final class SlowReaders {
  static final String USER = "tom";

  /** Loopback connections may hold 4 MiB at the server's side. */
  private static final int MUCH = 12 << 20;

  private static final int RECEIVED = 4096;
  private static final int PATIENCE_MS = 60_000;
  private static final String UPGRADE =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private final String authorization;
  private String project = "";

  /**
   * @param authorization a header line
   */
  private SlowReaders(String authorization) {
    this.authorization = authorization;
  }

  static SlowReaders start(String authorization) throws Exception {
    SlowReaders readers = new SlowReaders(authorization);
    readers.prepare();
    return readers;
  }

  private void prepare() throws Exception {
    project = create(USER, "much-to-read");
    byte[] random = new byte[MUCH];
    new Random(1).nextBytes(random);
    assertEquals(201, as(USER).bytes("POST", project + "/files/large", random).statusCode());
    String one = addPc(USER, project);
    int each = RolesServer.REQUESTS_PER_USER / 5;
    for (int i = 0; i < each; i++) {
      awaitPing(ask(project + "/notifications", ""));
      awaitPing(ask(project + "/notifications/ws", UPGRADE));
    }
    String label = "{\"label\": {\"text\": \"" + "x".repeat(MUCH) + "\"}}";
    assertEquals(200, as(USER).call("PUT", one, label).status());
    for (int i = 0; i < each; i++) {
      for (String path : List.of("/files/large", "/export", "/nodes")) {
        ask(project + path, "");
      }
    }
  }

  private Socket ask(String path, String headers) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(RECEIVED);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port()));
    String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    socket
        .getOutputStream()
        .write((head + headers + authorization + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static void awaitPing(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (!heard.toString(StandardCharsets.ISO_8859_1).contains("ping")) {
      int next = in.read();
      assertTrue(next >= 0, heard.toString(StandardCharsets.ISO_8859_1));
      heard.write(next);
    }
  }

  void close() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    as("root").call("DELETE", project, "");
  }
}
