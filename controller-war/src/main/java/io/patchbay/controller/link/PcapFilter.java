package io.patchbay.controller.link;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.PcapServlet;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.spi.LabException;
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
  private static final Pattern PCAP = Pattern.compile("/v2/projects/([^/]+)/links/([^/]+)/pcap");

  @Inject private Projects projects;
  @Inject private LinkCaptures captures;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    Matcher path = PCAP.matcher(asked.getRequestURI());
    if (!path.matches()) {
      chain.doFilter(request, response);
      return;
    }
    if (!Answers.requireGet(asked, answer)) {
      return;
    }
    Answers.route(answer, "/v2/projects/{project_id}/links/{link_id}/pcap");
    try {
      Project project = projects.get(path.group(1)).requireOpen();
      Link link = project.link(path.group(2));
      PcapServlet.answer(asked, answer, () -> captures.read(project, link));
    } catch (LabException refused) {
      Answers.error(answer, StatusCodes.http(refused.code()), refused.getMessage());
    }
  }
}
