"""Payment providers behind the port `PaymentProvider`: WeChat Pay, Alipay, and the Kaspi terminal of this counter.

No address of a real provider is a default of an adapter: `live_addresses` has them, and who builds one passes its own.
"""
