#pragma once
// A serial scanner that stands on the desk: the far end of a pseudo terminal. The bridge opens path() as it
// would a real tty.
#include <string>
#include <string_view>

namespace kenpin::floor {

class PtyScanner {
public:
    PtyScanner();  // stops the program if the machine has no pseudo terminals
    PtyScanner(const PtyScanner&) = delete;
    PtyScanner& operator=(const PtyScanner&) = delete;
    ~PtyScanner();

    const std::string& path() const { return path_; }
    /// One pull of the trigger: the code and CR.
    void scan(std::string_view code) const;

private:
    int master_ = -1;
    int slave_ = -1;  // held open, so that the bridge's coming and going is no hang-up
    std::string path_;
};

}  // namespace kenpin::floor
