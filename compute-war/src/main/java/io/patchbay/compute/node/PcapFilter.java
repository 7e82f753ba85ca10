package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.PcapServlet;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Leads the route by which captures are read to its servlet. */
public class PcapFilter implements Filter {
  private static final Pattern PCAP =
      Pattern.compile(
          "/projects/([^/]+)/([^/]+)/nodes/([^/]+)/adapters/(\\d{1,9})/ports/(\\d{1,9})/pcap");

  @Inject private ComputeLab lab;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    Matcher path = PCAP.matcher(asked.getRequestURI().substring(asked.getContextPath().length()));
    if (!path.matches() || lab.connector(path.group(2)).isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    if (!Answers.requireGet(asked, answer)) {
      return;
    }
    Answers.route(
        answer,
        "/v2/compute/projects/{project_id}/"
            + path.group(2)
            + "/nodes/{node_id}/adapters/{adapter_number}/ports/{port_number}/pcap");
    try {
      EmulatedNode node = lab.project(path.group(1)).node(path.group(2), path.group(3));
      PortAddress port =
          new PortAddress(Integer.parseInt(path.group(4)), Integer.parseInt(path.group(5)));
      PcapServlet.answer(asked, answer, () -> node.readCapture(port));
    } catch (LabException refused) {
      Answers.error(answer, StatusCodes.http(refused.code()), refused.getMessage());
    }
  }
}
