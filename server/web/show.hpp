#pragma once
// Values of the API as JSON text.
#include <string>
#include <string_view>
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/views.hpp"

namespace kenpin::web {

std::string show_order(const OrderId& order, std::string_view result);
std::string show(const ImportAnswer& answer);
std::string show(const MadeKey& key, const NewKey& wanted);  // with the secret: the only text that has it
std::string show(const KeyView& key);
std::string show(const std::vector<KeyView>& keys);
std::string show(const StartAnswer& answer);
std::string show(const OrderView& order);
std::string show(const ShipmentView& shipment);
std::string show(const std::vector<OrderView>& orders);  // {"orders":[…]}, the others alike
std::string show(const std::vector<ShipmentView>& shipments);
std::string show(const IntakePage& page);
std::string show(const IntakeDetail& detail);
std::string show(const std::vector<OriginalRecord>& records);  // personal: for a supervisor alone
std::string show(const IntakeDone& done);
std::string show(const std::vector<HistoryView>& history);
std::string show(const std::vector<ListView>& lists);
std::string show(const ListView& list);
std::string show(const ChangeView& answer);
std::string show(const PullOutView& waybill);
std::string show(const PutBackAnswer& answer);
std::string show(const FloorTasks& tasks);
std::string show(const CancelView& answer);
std::string show(const std::vector<CancelView>& answers);
std::string show(const ExceptionView& exception);
std::string show(const std::vector<ExceptionView>& exceptions);
std::string show(const CommandView& command);
std::string show(const BackupView& backup);
std::string show(const BackupsView& backups);
std::string show(const std::vector<PieceView>& pieces);
std::string show(const std::vector<StockView>& stock);

}  // namespace kenpin::web
