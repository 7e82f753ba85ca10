package io.patchbay.server.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets that take a server's certificate only if it is for the name or the address the
 * server was asked by (the LDAP SDK also takes the name that the address has in DNS, which whoever
 * is in the way may say), and whose handshake ends when the other side says nothing (the SDK's own
 * limits begin to count after it).
 */
final class CheckedSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final int limit;

  CheckedSocketFactory(SSLSocketFactory sockets, Duration limit) {
    this.sockets = sockets;
    this.limit = Math.toIntExact(limit.toMillis());
  }

  private Socket checked(Socket socket) throws IOException {
    socket.setSoTimeout(limit);
    if (!(socket instanceof SSLSocket tls)) {
      throw new IOException("not a TLS socket: " + socket.getClass());
    }
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("LDAPS");
    tls.setSSLParameters(parameters);
    return tls;
  }

  @Override
  public Socket createSocket() throws IOException {
    return checked(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return checked(sockets.createSocket(socket, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return checked(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return checked(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
