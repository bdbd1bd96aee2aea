using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator;

/// <summary>A site of the emulated platform, with its own data. What it gives out are copies.</summary>
public sealed class EmulatedSite
{
    private readonly MemberDirectory _members;
    private readonly TimeProvider _time;

    internal EmulatedSite(string id, string accountId, string name, SiteData data, MemberDirectory members, TimeProvider time)
    {
        Id = id;
        AccountId = accountId;
        Name = name;
        Data = data;
        _members = members;
        _time = time;
    }

    /// <summary>The site's id.</summary>
    public string Id { get; }

    /// <summary>The account that owns the site.</summary>
    public string AccountId { get; }

    /// <summary>The name that the site was added with. <see cref="Properties"/> has the one that calls can change.</summary>
    public string Name { get; }

    /// <summary>Whether members who register by themselves must be approved before they can log in. False by default.</summary>
    public bool RequireApproval { get; set; }

    /// <summary>Whether registering and logging in with a password need a captcha token; any will do but <c>invalid</c>. False by default.</summary>
    public bool RequireCaptcha { get; set; }

    /// <summary>The site's properties, as <c>GET /site-properties/v4/properties</c> gives them.</summary>
    public JsonObject Properties => Data.Read(static data => data.Properties.Copy());

    /// <summary>The site's members, in the order in which they joined.</summary>
    public IReadOnlyList<EmulatedMember> Members => Data.Read<IReadOnlyList<EmulatedMember>>(static data => [.. data.Members.All.Select(Describe)]);

    internal SiteData Data { get; }

    /// <summary>Changes the site's properties, as its owner would in the dashboard.</summary>
    /// <param name="change">Edits the properties in place; calls wait until it returns.</param>
    public void ChangeProperties(Action<JsonObject> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Data.Write(data =>
        {
            change(data.Properties);
            data.PropertiesVersion++;
        });
    }

    /// <summary>Adds a member.</summary>
    /// <param name="email">The address that the member logs in with.</param>
    /// <param name="password">The password; without one the member can only be picked on the login page.</param>
    /// <param name="nickname">The name that others see; the part before the <c>@</c> by default.</param>
    /// <param name="memberId">The member's id; made up by default.</param>
    /// <exception cref="ArgumentException">The address is none, or there is a member with it.</exception>
    public EmulatedMember AddMember(string email, string? password = null, string? nickname = null, string? memberId = null)
    {
        if (!MemberDirectory.IsEmail(email))
            throw new ArgumentException($"'{email}' is not an email address.", nameof(email));
        return Data.Read(data => MemberDirectory.FindByEmail(data, email) is null
            ? Describe(_members.Add(data, email, nickname, password, "APPROVED", id: memberId))
            : throw new ArgumentException($"There is a member with the address '{email}' already.", nameof(email)));
    }

    /// <summary>Adds a product, with an inventory item for each of its variants.</summary>
    /// <param name="product">The product as <c>POST /stores/v3/products</c> takes it.</param>
    /// <param name="productId">Its id; made up by default.</param>
    /// <param name="quantity">How many there are of each variant; not counted by default.</param>
    /// <returns>The product's id.</returns>
    public string AddProduct(JsonObject product, string? productId = null, int? quantity = null)
    {
        ArgumentNullException.ThrowIfNull(product);
        return Data.Read(data => IdOf(NewProduct.Add(data, product, _time, productId, quantity)));
    }

    /// <summary>Adds a data collection, or sets the permissions of one that is there.</summary>
    /// <param name="collectionId">Its id.</param>
    /// <param name="permissions">Who may do what with its items.</param>
    public void AddCollection(string collectionId, CollectionPermissions? permissions = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(collectionId);
        Data.Write(data =>
        {
            if (data.Collections.TryGetValue(collectionId, out var there))
                there.Permissions = permissions ?? there.Permissions;
            else
                data.Collections[collectionId] = new(collectionId, permissions ?? new());
        });
    }

    /// <summary>Puts an item into a data collection.</summary>
    /// <param name="collectionId">The collection; it is added if it is not there.</param>
    /// <param name="item">The item's data; an <c>_id</c> and an <c>_owner</c> in it are kept.</param>
    /// <returns>The item's id.</returns>
    public string AddItem(string collectionId, JsonObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        AddCollection(collectionId);
        return Data.Read(data =>
        {
            var id = item["_id"].AsText() ?? Guid.NewGuid().ToString();
            data.Collection(collectionId).Store(id, item.Copy(), before: null, item["_owner"].AsText(), _time);
            return id;
        });
    }

    /// <summary>The items of a data collection; none if it is not there.</summary>
    /// <param name="collectionId">The collection.</param>
    public IReadOnlyList<JsonObject> Items(string collectionId) => Data.Read<IReadOnlyList<JsonObject>>(data =>
        data.Collections.TryGetValue(collectionId, out var collection) ? [.. collection.Items.Values.Select(static item => item.Copy())] : []);

    /// <summary>Adds a booking.</summary>
    /// <param name="booking">The booking; what is missing of status, payment status and participants is filled in.</param>
    /// <param name="bookingId">Its id; made up by default.</param>
    /// <returns>The booking's id.</returns>
    public string AddBooking(JsonObject booking, string? bookingId = null)
    {
        ArgumentNullException.ThrowIfNull(booking);
        return Data.Read(data => IdOf(NewBooking.Add(data, booking, _time, bookingId)));
    }

    /// <summary>Adds an order that has been paid.</summary>
    /// <param name="order">The order; what is missing of number, statuses and totals is filled in.</param>
    /// <param name="orderId">Its id; made up by default.</param>
    /// <returns>The order's id.</returns>
    public string AddOrder(JsonObject order, string? orderId = null)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Data.Read(data => IdOf(NewOrder.Add(data, order, _time, orderId)));
    }

    /// <summary>Everything of one kind that the site holds, as Wix's API would give it to the app.</summary>
    /// <param name="kind">The kind.</param>
    public IReadOnlyList<JsonObject> Entities(EmulatedEntityKind kind) => Data.Read<IReadOnlyList<JsonObject>>(data =>
        [.. (kind switch
        {
            EmulatedEntityKind.Product => data.Products,
            EmulatedEntityKind.InventoryItem => data.InventoryItems,
            EmulatedEntityKind.Member => data.Members,
            EmulatedEntityKind.Booking => data.Bookings,
            EmulatedEntityKind.Order => data.Orders,
            EmulatedEntityKind.OrderTransactions => data.Transactions,
            EmulatedEntityKind.File => data.Files,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        }).All.Select(static entity => entity.Copy())]);

    /// <summary>Gives the name and the id.</summary>
    public override string ToString() => $"{Name} ({Id})";

    private static string IdOf(JsonObject entity) => entity["id"].AsText()!; // every entity on a shelf has one

    private static EmulatedMember Describe(JsonObject member) => new(
        IdOf(member),
        member["contactId"].AsText() ?? "",
        member["loginEmail"].AsText() ?? "",
        member["profile"].At("nickname").AsText() ?? "");
}
