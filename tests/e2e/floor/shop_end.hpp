#pragma once
// The shops' end of the line: takes what Kenpin reports (出荷実績) and keeps it. It can be told to refuse the
// first tries, as shops do.
#include <memory>
#include <string>
#include <vector>

namespace kenpin::floor {

struct ReceivedReport {
    std::string shop;  // last part of the path: "/honten" -> "honten"
    std::string idempotency_key;
    std::string body;  // as received
};

class ShopEnd {
public:
    /// Listens on 127.0.0.1, at a port of its own. The first `refuse_first` reports get 503.
    explicit ShopEnd(int refuse_first = 0);
    ~ShopEnd();
    int port() const;
    std::vector<ReceivedReport> accepted() const;  // those answered 2xx, in order
    int refused() const;

private:
    struct Listening;
    std::unique_ptr<Listening> listening_;
};

}  // namespace kenpin::floor
