#include "station/app/station_program.hpp"

#include <fstream>
#include <iterator>
#include <utility>

#include "adaptors/log/log.hpp"
#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "station/app/assets.hpp"
#include "station/app/device_clock.hpp"
#include "station/flow/fold.hpp"
#include "station/ui/draw.hpp"
#include "station/ui/tones.hpp"

namespace kenpin::app {
namespace {

constexpr Millis tick_every{1'000};
constexpr Millis longest_wait{250};

class ToneSpeaker : public Speaker {
public:
    explicit ToneSpeaker(ui::Tones tones) : tones_(std::move(tones)) {}
    void play(flow::ToneKind tone) override { tones_.play(tone); }

private:
    ui::Tones tones_;
};

Result<std::unique_ptr<ui::Stage>> open_stage(const StationOptions& options, const ui::Languages& languages) {
    const auto profile = ui::find_profile(options.profile);
    if (!profile) return Error{Error::Kind::refused, "no such profile: " + options.profile};
    if (options.is_headless) return ui::open_headless(*profile, languages);
    ui::WindowStyle style{.is_kiosk = options.is_fullscreen};
    if (options.position) {
        style.x = options.position->x;
        style.y = options.position->y;
    }
    return ui::open_window(*profile, languages, style);
}

sync::StationSync::Options sync_options(const StationOptions& options, const Clock& clock) {
    mqtt::ConnectOptions broker;
    broker.host = options.broker.host;
    broker.port = options.broker.port;
    broker.user = options.account;
    broker.password = options.password;
    sync::Outbox::Options outbox;
    outbox.path = (options.data / "station.db").string();
    outbox.device = options.device;
    return {.outbox = std::move(outbox),
            .identity = {.site = options.site,
                         .device = options.device,
                         .role = options.role_name(),
                         .program = "kenpin-station 0.1"},
            .broker = std::move(broker),
            .clock = clock};
}

Result<encode::PrinterModel> printer_model(const StationOptions& options) {
    const auto table = assets_folder(options.assets) / "printers" / "models.tsv";
    std::ifstream file(table, std::ios::binary);
    if (!file) return Error{Error::Kind::not_found, "cannot be read: " + table.string()};
    const std::string models(std::istreambuf_iterator<char>(file), {});
    return encode::printer_model(models, options.printer_model);
}

Result<PrintRoomSetup> print_room_setup(const StationOptions& options) {
    PrintRoomSetup setup;
    auto model = printer_model(options);
    if (!model) return model.error();
    setup.label_model = std::move(model).value();
    setup.spool_url = "sqlite:" + (options.data / "spool.db").string();
    setup.documents_url = "sqlite:" + (options.data / "documents.db").string();
    setup.label_printer = options.printer_id;
    if (options.printer) setup.label_address = {options.printer->host, options.printer->port};
    setup.stand_in_printer = options.stand_in_id;
    if (options.stand_in) setup.stand_in_address = {options.stand_in->host, options.stand_in->port};
    if (options.slip_queue) {
        const auto& server = options.slip_queue->server;
        setup.slip_printer = PrinterId{options.slip_queue->queue};
        setup.slip_queue = {server.host + ":" + std::to_string(server.port), options.slip_queue->queue};
    }
    return setup;
}

}  // namespace

Result<std::unique_ptr<StationProgram>> StationProgram::start(StationOptions options) {
    const Millis started = mono_now();
    auto languages = ui::load_languages((assets_folder(options.assets) / "i18n").string());
    if (!languages) return languages.error();
    auto log = ScreenLog::open(options.screen_log, options.device);
    if (!log) return log.error();
    auto stage = open_stage(options, languages.value());
    if (!stage) return stage.error();
    std::unique_ptr<StationProgram> program(new StationProgram(
        std::move(options), std::move(stage).value(), std::move(languages).value(), std::move(log).value()));
    program->show_sign_in();
    log::info("first picture after ", (mono_now() - started).count(), " ms");
    if (auto begun = program->begin(); !begun) return begun.error();
    return program;
}

StationProgram::StationProgram(StationOptions options, std::unique_ptr<ui::Stage> stage,
                               ui::Languages languages, ScreenLog log)
    : options_(std::move(options)),
      clock_(device_clock(options_.now)),
      stage_(std::move(stage)),
      languages_(std::move(languages)),
      log_(std::move(log)),
      pictures_(options_.screenshots, options_.device, log_),
      inbox_(limits::inbox_large),
      bridge_inbox_(limits::inbox_small) {
    inbox_.wake_with([this] { stage_->wake(); });
    bridge_inbox_.wake_with([this] { stage_->wake(); });
}

StationProgram::~StationProgram() {
    bridge_.reset();  // threads that post go before the inboxes
    papers_.reset();
    sync_.reset();
}

void StationProgram::show_sign_in() {
    flow::State nobody;
    nobody.role = options_.role;
    if (!options_.language.empty()) nobody.language = options_.language;
    stage_->show([&](ui::Kit& kit) {
        (void)ui::draw(nobody, kit, languages_.of(nobody.language), clock_());  // nothing to touch yet
    });
}

Outcome StationProgram::begin() {
    if (auto opened = open_database(); !opened) return opened.error();
    open_speaker();
    if (auto opened = open_papers(); !opened) return opened.error();
    bridge_ = std::make_unique<SocketBridge>(options_.bridge, bridge_inbox_, sync_->resume().taken_scans);
    const auto& resume = sync_->resume();
    const auto now = sync::receipt_now();
    auto state = flow::resume(options_.role, documents_of(resume, now), resume.events, now.since_boot);
    if (!options_.language.empty()) state.language = options_.language;
    client_ =
        std::make_unique<Client>(ports(), Clocks{clock_, mono_now}, std::move(state), resume.taken_scans);
    client_->start();
    return Done{};
}

Outcome StationProgram::open_database() {
    std::error_code failed;
    std::filesystem::create_directories(options_.data, failed);
    if (failed) return Error{Error::Kind::unreachable, "the data folder cannot be made: " + failed.message()};
    auto opened = sync::StationSync::start(sync_options(options_, clock_), [this](sync::Notice notice) {
        // Full only when this thread stands still: the sync thread then asks again by its own timers.
        (void)inbox_.post(Incoming{std::move(notice)});
    });
    if (!opened) return opened.error();
    sync_ = std::move(opened).value();
    storage_ = std::make_unique<SyncedStorage>(*sync_, inbox_);
    return Done{};
}

void StationProgram::open_speaker() {
    speaker_ = std::make_unique<NoSpeaker>();
    if (options_.is_headless) return;
    auto tones = ui::Tones::open();
    if (tones)
        speaker_ = std::make_unique<ToneSpeaker>(std::move(tones).value());
    else
        log::warn("no sound: ", tones.error().detail);
}

Outcome StationProgram::open_papers() {
    const bool makes_papers = options_.role == flow::Role::packer && !options_.server.empty() &&
                              (options_.printer || options_.slip_queue);
    if (!makes_papers) {
        papers_ = std::make_unique<NoPapers>();
        return Done{};
    }
    auto room = print_room_setup(options_);
    if (!room) return room.error();
    auto thread = std::make_unique<PrintThread>(
        PrintThread::Options{.room = std::move(room).value(),
                             .fetch = fetch_over_http(options_.server, {options_.account, options_.password}),
                             .report =
                                 [this](const flow::Event& event) {
                                     // Full only when this thread stands still; what the spool knows is told
                                     // again when it is asked.
                                     (void)inbox_.post(Incoming{event});
                                 },
                             .clock = clock_});
    printing_ = thread.get();
    papers_ = std::move(thread);
    if (sync_->resume().settings) use_key(*sync_->resume().settings);
    return Done{};
}

void StationProgram::use_key(const protocol::Settings& settings) {
    if (printing_) printing_->use_key(settings.document_key);
}

Ports StationProgram::ports() {
    return {*storage_, *papers_, *speaker_, *bridge_, pictures_};
}

void StationProgram::run() {
    while (stage_->is_open() && !is_stopping_) {
        take_wedge(stage_->wait(client_->has_news() ? Millis{0} : longest_wait));
        take_posted();
        tick();
        show();
    }
}

void StationProgram::stop() {
    is_stopping_ = true;
    stage_->wake();
}

void StationProgram::take_wedge(const ui::Input& input) {
    for (const auto& bytes : input.scans)
        client_->take(flow::Event{flow::Scanned{.code = {bytes, domain::Symbology::unknown},
                                                .scanner = "wedge",
                                                .at = clock_(),
                                                .mono = mono_now()}});
}

void StationProgram::take_posted() {
    for (const auto& incoming : inbox_.take_all()) take(incoming);
    for (const auto& event : bridge_inbox_.take_all()) {
        if (const auto* scan = std::get_if<BridgeScan>(&event)) client_->take(to_scan(*scan));
        if (const auto* link = std::get_if<BridgeLink>(&event))
            log::info("bridge ", link->is_up ? "connected" : "gone");
    }
}

void StationProgram::take(const Incoming& incoming) {
    std::visit(Overloaded{
                   [this](const flow::Event& event) { client_->take(event); },
                   [this](const sync::Notice& notice) { take_notice(notice); },
               },
               incoming);
}

void StationProgram::take_notice(const sync::Notice& notice) {
    if (const auto text = for_the_log(notice); !text.empty()) log::warn(text);
    for (const auto& event : to_flow(notice, sync::receipt_now().since_boot)) client_->take(event);
    const auto* stored = std::get_if<sync::SettingsStored>(&notice);
    if (stored) use_key(stored->settings);
    if (stored && !options_.language.empty()) client_->take(flow::LanguageChosen{options_.language});
}

void StationProgram::tick() {
    const Millis now = mono_now();
    if (now - ticked_ < tick_every) return;
    ticked_ = now;
    client_->take(flow::Tick{sync::receipt_now().since_boot});
}

void StationProgram::show() {
    const auto minute =
        std::chrono::floor<std::chrono::minutes>(mono_now());  // the finest that a screen tells
    if (!client_->has_news() && !stage_->owes_frames() && minute == shown_minute_) return;
    shown_minute_ = minute;
    std::vector<flow::Event> touches;
    stage_->show([&](ui::Kit& kit) {
        const auto& words = languages_.of(client_->state().language);
        touches = ui::draw(client_->state(), kit, words, clock_());
    });
    pictures_.after_frame(*stage_);
    client_->was_drawn(stage_->kit().screen());
    for (const auto& touch : touches) client_->take(touch);
}

}  // namespace kenpin::app
