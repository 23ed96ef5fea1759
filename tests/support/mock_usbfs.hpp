#pragma once
// One device node of a MockUsb: what the kernel's usbfs does between a program and a device.
#include <condition_variable>
#include <filesystem>
#include <list>
#include <map>
#include <mutex>
#include <string>

#include <umockdev.h>

#include "tests/support/usb_model.hpp"

namespace kenpin::support {

class MockUsbfs {
public:
    /// Makes the node at `path`; `guard` is held for every look at the model, `changed` told of each change.
    MockUsbfs(UsbModel& model, std::filesystem::path path, std::mutex& guard,
              std::condition_variable& changed);
    MockUsbfs(const MockUsbfs&) = delete;
    MockUsbfs& operator=(const MockUsbfs&) = delete;
    ~MockUsbfs();

    const UsbModel& model() const { return model_; }
    UMockdevIoctlBase* handler() const { return handler_; }

    // With `guard` held:
    /// Packets that the model has go into reads that wait.
    void pump();
    /// Nobody is there any more: all that is on its way comes back with `status`.
    void cut(int status);
    /// As the kernel tells poll() about it.
    void hang_up();

private:
    struct Urb;
    static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self);
    struct Answer {
        glong result;
        int error;
    };
    Answer answer(gulong request, UMockdevIoctlData* argument);
    Answer submit(UMockdevIoctlData* argument);
    Answer reap(UMockdevIoctlData* argument);
    Answer discard(UMockdevIoctlData* argument);
    Answer claim(UMockdevIoctlData* argument, bool is_from_driver);
    void start(Urb& urb);
    void complete(std::list<Urb>::iterator urb, int status, std::size_t actual);
    void show_readiness();

    UsbModel& model_;
    std::filesystem::path path_;
    std::mutex& guard_;
    std::condition_variable& changed_;
    UMockdevIoctlBase* handler_;
    int master_ = -1, line_ = -1;  // the pseudo terminal
    bool is_ready_ = true;
    bool is_cut_ = false;
    std::list<Urb> waiting_, done_;
};

}  // namespace kenpin::support
