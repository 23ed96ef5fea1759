#include "printers/transport/cups.hpp"

#include <memory>
#include <utility>

#include <cups/cups.h>

namespace kenpin::transport {

namespace {

struct Closes {
    void operator()(http_t* http) const { httpClose(http); }
    void operator()(cups_dest_t* dest) const { cupsFreeDests(1, dest); }
    void operator()(cups_dinfo_t* info) const { cupsFreeDestInfo(info); }
};
using Http = std::unique_ptr<http_t, Closes>;
using Dest = std::unique_ptr<cups_dest_t, Closes>;
using DestInfo = std::unique_ptr<cups_dinfo_t, Closes>;

constexpr int connect_ms = 5'000;

class OptionList {
public:
    OptionList() = default;
    OptionList(const OptionList&) = delete;
    OptionList& operator=(const OptionList&) = delete;
    ~OptionList() { cupsFreeOptions(count_, list_); }
    void add(const std::string& name, const std::string& value) {
        count_ = cupsAddOption(name.c_str(), value.c_str(), count_, &list_);
    }
    int count() const { return count_; }
    cups_option_t* list() const { return list_; }

private:
    int count_ = 0;
    cups_option_t* list_ = nullptr;
};

std::string server_of(const CupsQueue& queue) {
    constexpr std::string_view numeric = "127.0.0.1";
    if (queue.server.starts_with(numeric)) return "localhost" + queue.server.substr(numeric.size());
    return queue.server;
}

// Also names the server for those calls of libcups that take it from their own per-thread setting.
Result<Http> connected(const CupsQueue& queue) {
    const auto server = server_of(queue);
    cupsSetServer(server.empty() ? nullptr : server.c_str());
    Http http(httpConnect2(cupsServer(), ippPort(), nullptr, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1,
                           connect_ms, nullptr));
    if (!http) return Error{Error::Kind::unreachable, "no CUPS at " + server};
    return http;
}

Error last_error(Error::Kind kind) {
    const char* text = cupsLastErrorString();
    return {kind, text == nullptr ? "CUPS gave no reason" : text};
}

Result<Dest> destination(http_t* http, const CupsQueue& queue) {
    Dest dest(cupsGetNamedDest(http, queue.name.c_str(), nullptr));
    if (!dest) return Error{Error::Kind::not_found, "CUPS has no queue " + queue.name};
    return dest;
}

Outcome write_document(http_t* http, cups_dest_t* dest, cups_dinfo_t* info, int job, std::string_view pdf) {
    if (cupsStartDestDocument(http, dest, info, job, "document.pdf", CUPS_FORMAT_PDF, 0, nullptr, 1) !=
        HTTP_STATUS_CONTINUE)
        return last_error(Error::Kind::refused);
    if (cupsWriteRequestData(http, pdf.data(), pdf.size()) != HTTP_STATUS_CONTINUE)
        return last_error(Error::Kind::unreachable);
    if (cupsFinishDestDocument(http, dest, info) != IPP_STATUS_OK) return last_error(Error::Kind::refused);
    return Done{};
}

CupsJobState state_of(ipp_jstate_t state) {
    switch (state) {
        case IPP_JSTATE_PENDING:
            return CupsJobState::waiting;
        case IPP_JSTATE_HELD:
            return CupsJobState::held;
        case IPP_JSTATE_PROCESSING:
            return CupsJobState::printing;
        case IPP_JSTATE_STOPPED:
            return CupsJobState::stopped;
        case IPP_JSTATE_CANCELED:
            return CupsJobState::cancelled;
        case IPP_JSTATE_ABORTED:
            return CupsJobState::aborted;
        case IPP_JSTATE_COMPLETED:
            return CupsJobState::completed;
    }
    return CupsJobState::stopped;
}

struct DeletesIpp {
    void operator()(ipp_t* message) const { ippDelete(message); }
};

}  // namespace

Result<int> submit_pdf(const CupsQueue& queue, const std::string& title, std::string_view pdf,
                       const PaperOptions& options) {
    auto http = connected(queue);
    if (!http) return http.error();
    auto dest = destination(http.value().get(), queue);
    if (!dest) return dest.error();
    const DestInfo info(cupsCopyDestInfo(http.value().get(), dest.value().get()));
    if (!info) return last_error(Error::Kind::unreachable);
    OptionList list;
    if (!options.media.empty()) list.add("media", options.media);
    if (options.copies > 1) list.add("copies", std::to_string(options.copies));
    for (const auto& [name, value] : options.more) list.add(name, value);
    int job = 0;
    if (cupsCreateDestJob(http.value().get(), dest.value().get(), info.get(), &job, title.c_str(),
                          list.count(), list.list()) != IPP_STATUS_OK)
        return last_error(Error::Kind::refused);
    const auto written = write_document(http.value().get(), dest.value().get(), info.get(), job, pdf);
    if (!written) {
        // Half a document must not wait there; and when even that is not sure, the paper may come out.
        const bool is_gone = cupsCancelDestJob(http.value().get(), dest.value().get(), job) == IPP_STATUS_OK;
        return is_gone ? written.error() : Error{Error::Kind::busy, written.error().detail};
    }
    return job;
}

Result<CupsJobState> job_state(const CupsQueue& queue, int job) {
    auto http = connected(queue);
    if (!http) return http.error();
    ipp_t* request = ippNewRequest(IPP_OP_GET_JOB_ATTRIBUTES);
    const auto uri = "ipp://localhost/jobs/" + std::to_string(job);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", nullptr, uri.c_str());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", nullptr, "job-state");
    const std::unique_ptr<ipp_t, DeletesIpp> answer(cupsDoRequest(http.value().get(), request, "/"));
    if (!answer) return last_error(Error::Kind::unreachable);
    ipp_attribute_t* state = ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM);
    if (state == nullptr) return last_error(Error::Kind::not_found);
    return state_of(static_cast<ipp_jstate_t>(ippGetInteger(state, 0)));
}

Result<std::vector<CupsFound>> cups_queues(const std::string& server) {
    auto http = connected({server, {}});
    if (!http) return http.error();
    cups_dest_t* list = nullptr;
    const int count = cupsGetDests2(http.value().get(), &list);
    std::vector<CupsFound> out;
    for (int n = 0; n < count; ++n) {
        const auto said = [&](const char* name) {
            const char* value = cupsGetOption(name, list[n].num_options, list[n].options);
            return std::string(value == nullptr ? "" : value);
        };
        out.push_back({list[n].name, said("device-uri"), said("printer-make-and-model")});
    }
    cupsFreeDests(count, list);
    return out;
}

}  // namespace kenpin::transport
