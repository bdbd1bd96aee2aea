namespace Endpoints.Wix.Emulator;

/// <summary>Specifies the kinds of entities that a site holds besides its properties and its data collections.</summary>
public enum EmulatedEntityKind
{
    /// <summary>Products of the stores catalog, version 3.</summary>
    Product,

    /// <summary>Inventory items: the stock of each product variant.</summary>
    InventoryItem,

    /// <summary>Members.</summary>
    Member,

    /// <summary>Bookings.</summary>
    Booking,

    /// <summary>eCommerce orders.</summary>
    Order,

    /// <summary>Payments and refunds of orders.</summary>
    OrderTransactions,

    /// <summary>Media files.</summary>
    File,
}
