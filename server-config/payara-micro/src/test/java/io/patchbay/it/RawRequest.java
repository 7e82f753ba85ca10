package io.patchbay.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A request as no proper client would send it. */
final class RawRequest {
  private static final int PATIENCE_MS = 60_000;
  private static final String SWITCHING = "HTTP/1.1 101";

  private RawRequest() {}

  /**
   * Sends a request whose path is left as it is, and returns the whole answer.
   *
   * @param body plain text
   */
  static String send(int port, String method, String path, String body) throws IOException {
    try (Socket socket = open(port)) {
      write(
          socket,
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Sends a whole request as it is, and returns the whole answer. */
  static String exchange(int port, String request) throws IOException {
    return exchange(port, request, PATIENCE_MS);
  }

  /**
   * The same for an impatient client. Of an answer that begins another protocol it is the head.
   *
   * @param patience in milliseconds
   */
  static String exchange(int port, String request, int patience) throws IOException {
    try (Socket socket = open(port)) {
      socket.setSoTimeout(patience);
      try {
        write(socket, request);
      } catch (SocketException refused) {
        // It may have answered before it had read everything.
      }
      InputStream in = socket.getInputStream();
      byte[] begin = in.readNBytes(SWITCHING.length());
      String start = new String(begin, StandardCharsets.ISO_8859_1);
      return start.equals(SWITCHING)
          ? start
          : start + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** The version and the status of the answer to a request that is not complete. */
  static String beginning(int port, String request) throws IOException {
    try (Socket socket = open(port)) {
      write(socket, request);
      byte[] begin = socket.getInputStream().readNBytes(SWITCHING.length());
      return new String(begin, StandardCharsets.ISO_8859_1);
    }
  }

  /** Begins to send a body and hangs up, as when a client is killed. */
  static void sendBeginning(int port, String path, String header, String beginning)
      throws IOException {
    try (Socket socket = open(port)) {
      write(
          socket,
          "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n\r\n" + beginning);
    }
  }

  private static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
