package io.patchbay.server.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import io.patchbay.server.auth.StoreUnavailable;
import io.patchbay.server.config.LdapSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;

/**
 * The servers of one directory. The first that answers is used; one that did not is asked last for
 * a while, so that not every check waits for it. Thread-safe.
 */
final class LdapServers {
  private static final Logger LOG = Logger.getLogger(LdapServers.class.getName());
  private static final Duration AVOID = Duration.ofSeconds(30);

  private final List<LDAPURL> servers;
  private final boolean startTls;
  private final SSLSocketFactory tls;
  private final LDAPConnectionOptions options = new LDAPConnectionOptions();
  private final Map<LDAPURL, Long> avoided = new ConcurrentHashMap<>();

  /** What is done with a connection; a failure of the server leads to the next one. */
  interface Work<T> {
    T apply(LDAPConnection connection) throws LDAPException;
  }

  LdapServers(LdapSettings settings) {
    startTls = settings.startTls();
    servers = settings.urls().stream().map(this::parse).toList();
    if (servers.isEmpty()) {
      throw new IllegalStateException("patchbay.auth=ldap needs patchbay.ldap.urls");
    }
    tls =
        new CheckedSocketFactory(
            TrustedCertificates.context(settings.trustStore(), settings.trustStorePassword())
                .getSocketFactory(),
            settings.readTimeout());
    options.setConnectTimeoutMillis(Math.toIntExact(settings.connectTimeout().toMillis()));
    options.setResponseTimeoutMillis(settings.readTimeout().toMillis());
    options.setUseSynchronousMode(true);
    options.setFollowReferrals(false);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
  }

  private LDAPURL parse(String text) {
    LDAPURL url;
    try {
      url = new LDAPURL(text);
    } catch (LDAPException broken) {
      throw new IllegalStateException(
          "patchbay.ldap.urls has no LDAP address such as ldaps://ldap.example.org: " + text,
          broken);
    }
    boolean secure = url.getScheme().equals("ldaps");
    if (secure && startTls) {
      throw new IllegalStateException(
          "patchbay.ldap.start-tls is for ldap:// addresses, and " + text + " is encrypted anyway");
    }
    if (!secure && !startTls && !isLoopback(url.getHost())) {
      throw new IllegalStateException(
          "Passwords would go to "
              + text
              + " in clear text: use ldaps:// or set patchbay.ldap.start-tls=true");
    }
    return url;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /**
   * @throws StoreUnavailable if none of the servers could do it
   */
  <T> T with(Work<T> work) {
    LDAPException last = null;
    for (LDAPURL server : inOrder()) {
      try (LDAPConnection connection = connect(server)) {
        T done = work.apply(connection);
        avoided.remove(server);
        return done;
      } catch (LDAPException failed) {
        LOG.log(
            Level.WARNING,
            "the LDAP server {0} failed: {1} ({2})",
            new Object[] {server, failed.getMessage(), failed.getResultCode()});
        avoided.put(server, System.nanoTime());
        last = failed;
      }
    }
    throw new StoreUnavailable("no LDAP server could be asked", last);
  }

  private List<LDAPURL> inOrder() {
    return servers.stream().sorted(Comparator.comparing(this::isAvoided)).toList();
  }

  private boolean isAvoided(LDAPURL server) {
    Long since = avoided.get(server);
    return since != null && System.nanoTime() - since < AVOID.toNanos();
  }

  private LDAPConnection connect(LDAPURL server) throws LDAPException {
    boolean secure = server.getScheme().equals("ldaps");
    LDAPConnection connection =
        secure ? new LDAPConnection(tls, options) : new LDAPConnection(options);
    try {
      connection.connect(server.getHost(), server.getPort());
      if (startTls && !secure) {
        var answer = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
        if (answer.getResultCode() != ResultCode.SUCCESS) {
          throw new LDAPException(answer);
        }
      }
      return connection;
    } catch (LDAPException failed) {
      connection.close();
      throw failed;
    }
  }
}
