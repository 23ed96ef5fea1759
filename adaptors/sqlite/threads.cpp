#include "adaptors/sqlite/threads.hpp"

#include <sqlite3.h>

namespace kenpin::sqlite {

void use_each_connection_in_one_thread() {
    static const bool is_told = [] {  // refused later on: only slower
        return sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
               sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) ==
                   SQLITE_OK;  // counting memory takes a lock as well
    }();
    (void)is_told;
}

}  // namespace kenpin::sqlite
