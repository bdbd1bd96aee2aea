using System.Reflection;
using System.Text.Json.Nodes;
using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;
using Endpoints.Wix.Ecom;

namespace Endpoints.Wix.Api.Tests;

/// <summary>Each event of the facts has a class, which says what Wix sent.</summary>
public sealed class EventTests
{
    [Fact]
    public void Every_event_of_the_facts_has_a_name_that_nothing_else_has()
    {
        var events = 0;
        HashSet<string> types = new(StringComparer.Ordinal);
        foreach (var (vertical, services) in Verticals.Facts)
        {
            var names = new EventNames(services);
            var others = new TypeNames(vertical, services, names);
            var reached = services.SelectMany(static service => service.Events).ToList();

            events += reached.Count;
            types.UnionWith(reached.Select(static one => one.Type));
            Assert.Equal(reached.Select(static one => one.Type).Distinct().Count(), names.All.Distinct(StringComparer.Ordinal).Count());
            Assert.All(reached, one => Assert.Contains(names.Of(one), names.All));
            var taken = services
                .SelectMany(service => service.Messages.Keys.Concat(service.Enums.Keys).Select(type => others.Of(service, type)))
                .Concat(services.Select(static service =>
                    service.Plugin is null ? Identifiers.Module(service.Name) : Identifiers.Plugin(service.Name)));
            Assert.Empty(taken.Intersect(names.All));
        }

        Assert.Equal((581, 573), (events, types.Count)); // services share some
    }

    [Fact]
    public void Every_event_is_reached_by_its_type_and_says_what_the_facts_say()
    {
        var seen = 0;
        foreach (var (vertical, assembly) in Verticals.Built)
        {
            var classes = assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(WixEvent)))
                .ToDictionary(static type => (string)Made(type, nameof(TypeOf), null)!);
            var facts = Verticals.Facts[vertical].SelectMany(static service => service.Events).DistinctBy(static one => one.Type).ToList();
            Assert.Equal(facts.Select(static one => one.Type).Order(StringComparer.Ordinal), classes.Keys.Order(StringComparer.Ordinal));
            foreach (var fact in facts)
            {
                Read(fact, classes[fact.Type]);
                Assert.Equal(fact.Type, classes[fact.Type].GetCustomAttribute<WixNameAttribute>()?.Name);
                seen++;
            }
        }

        Assert.InRange(seen, 100, int.MaxValue);
    }

    [Fact]
    public void An_order_is_typed_from_the_event_on()
    {
        var e = OrderCreated.Create(WixEvent.Parse(Claim("wix.ecom.v1.order_created", new JsonObject
        {
            ["id"] = "e-1",
            ["entityFqdn"] = "wix.ecom.v1.order",
            ["slug"] = "created",
            ["entityId"] = "o-1",
            ["createdEvent"] =
                new JsonObject { ["entity"] = new JsonObject { ["id"] = "o-1", ["number"] = 10001, ["status"] = "APPROVED" } },
        })));

        Assert.Equal(("e-1", "o-1", "wix.ecom.v1.order_created"), (e.Id, e.EntityId, e.EventType));
        Assert.Equal(("o-1", OrderStatus.Approved), (e.Entity.Id, e.Entity.Status));
        Assert.Same(e.Entity, e.Entity);
    }

    [Fact]
    public void What_an_event_should_have_and_has_not_is_missed_where_it_is_read()
    {
        var e = OrderCreated.Create(WixEvent.Parse(Claim("wix.ecom.v1.order_created", [])));

        Assert.Contains("createdEvent.entity", Assert.Throws<FormatException>(() => e.Entity).Message, StringComparison.Ordinal);
    }

    private static void Read(Event fact, Type type)
    {
        var entity = new JsonObject { ["id"] = "entity" };
        var data = fact.IsDomainEvent
            ? new JsonObject { ["id"] = "e", ["entityFqdn"] = "wix.x", ["slug"] = fact.Slug, ["entityId"] = "entity" } : entity;
        var (member, name, property) = (fact.Entity is not null, fact.Slug) switch
        {
            (true, "created") => ("createdEvent", "entity", "Entity"),
            (true, "updated") => ("updatedEvent", "currentEntity", "CurrentEntity"),
            (true, _) => ("deletedEvent", "deletedEntity", "DeletedEntity"),
            _ => ("actionEvent", "body", "Body"),
        };
        if (fact.IsDomainEvent)
            data[member] = new JsonObject { [name] = entity, ["modifiedFields"] = new JsonObject { ["was"] = 1 } };

        var e = (WixEvent)Made(type, nameof(Of), WixEvent.Parse(Claim(fact.Type, data)))!;

        Assert.Equal(fact.Type, e.EventType);
        if (fact.Messages.Any())
            Assert.Equal("entity", (string?)((WixMessage)type.GetProperty(property)!.GetValue(e)!).Json["id"]);
        if (property == "CurrentEntity")
            Assert.Equal(1, (int)((JsonObject)type.GetProperty("ModifiedFields")!.GetValue(e)!)["was"]!);
        var own = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        Assert.Equal(!fact.Messages.Any() ? 0 : property == "CurrentEntity" ? 2 : 1, own.Length);
    }

    private static string Claim(string type, JsonObject data) => new JsonObject
    {
        ["eventType"] = type,
        ["instanceId"] = "i",
        ["data"] = data.ToJsonString(),
    }.ToJsonString();

    private static object? Made(Type type, string method, WixEvent? raw) =>
        typeof(EventTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, raw is null ? null : [raw]);

    private static string TypeOf<T>()
        where T : WixEvent, IWixEvent<T> => T.EventType;

    private static WixEvent Of<T>(WixEvent raw)
        where T : WixEvent, IWixEvent<T> => T.Create(raw);
}
