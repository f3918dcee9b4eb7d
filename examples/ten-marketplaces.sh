#!/bin/sh
# A messenger for ten marketplaces, from nothing, and safe to repeat: what is so already is `unchanged`.
# Each mailbox's password comes from the environment of whoever fetches and sends; nothing here needs it.
set -eu

# The shop, and who works in it.
plentymsg init --client-name 'Holzweg GmbH'
plentymsg settings set --target-domain in.holzweg.example
plentymsg rights role add Support --presets messenger --rights 'CRM > Messenger > Ownership'
plentymsg user add eva.berg --name 'Eva Berg' --email eva@holzweg.example --access-roles Support
plentymsg role add Bearbeitung --en Handling
plentymsg tag add Urgent --colour '#ff8800' --availabilities messenger --translations de=Eilig
plentymsg account set --signature-text 'Holzweg GmbH, Werkstraße 5, 50667 Köln'

# The four marketplaces that have a group of their own.
plentymsg group set Amazon --visible
plentymsg group set eBay --visible
plentymsg group set Kaufland --visible
plentymsg group set OTTO --visible

# A type that the shop has besides the default ones.
plentymsg type add 'General/Maßanfrage' --en 'Made to measure'
plentymsg status add 'General/Maßanfrage/Neu' --en New --progress 0 --colour '#0084ff'

# One mailbox for each marketplace, with what they all share.
channel() {
  name=$1 mailbox=$2
  shift 2
  plentymsg channel add "$name" --host mail.holzweg.example --username "$mailbox@holzweg.example" \
    --password env:HOLZWEG_MAIL_PASSWORD --sender-email "$mailbox@holzweg.example" --sender-name Holzweg \
    --type Kundenanfrage --status Neu --owners Handling=eva.berg --subscribers eva.berg --match-orders "$@"
}
channel 'Amazon DE' amazon --marketplace amazon --default
channel bol bol --marketplace bol
channel 'eBay DE' ebay --marketplace ebay
channel Kaufland kaufland --marketplace kaufland
channel limango limango --marketplace limango
channel Netto netto --marketplace netto
channel OTTO otto --marketplace otto
channel Shopify shopify --marketplace shopify
channel WooCommerce woocommerce --marketplace woocommerce
channel Zalando zalando --marketplace zalando

# Mail that the shop sends by itself is kept with the conversations.
plentymsg collect set --active --attachments --channel 'Amazon DE'

plentymsg channel list
