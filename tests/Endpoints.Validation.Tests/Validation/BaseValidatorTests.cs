using System.Net;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

/// <summary>A validator for a base class or an interface of what is bound guards it too.</summary>
public class BaseValidatorTests
{
    private const string Bad = """{"name":"","weight":0,"inner":{"name":"","weight":0}}""";

    [Theory]
    [InlineData("/class", "name: named; weight: heavy")]
    [InlineData("/interface", "name: named")]
    [InlineData("/both", "label: labelled; name: named; weight: heavy")]
    [InlineData("/list", "[0].name: named; [0].weight: heavy")]
    [InlineData("/own", "name: own, named; weight: heavy")]
    [InlineData("/none", "")]
    [InlineData("/sequence", "[0].name: named; [0].weight: heavy; all: sequence")]
    [InlineData("/array", "[0].name: named; [0].weight: heavy; all: sequence")]
    [InlineData("/set", "[0].name: named; [0].weight: heavy; all: sequence")]
    [InlineData("/boxed", "content.name: boxed")]
    [InlineData("/boxes", "[0].content.name: boxed")]
    public async Task F10_Validators_of_bases_and_interfaces_run(string path, string errors)
    {
        await using var app = await StartAsync();

        var (status, body) = await app.PostAsync(path, path switch
        {
            "/list" or "/sequence" or "/array" or "/set" => $"[{Bad}]",
            "/boxed" => $"{{\"content\":{Bad}}}",
            "/boxes" => $"[{{\"content\":{Bad}}}]",
            _ => Bad,
        });

        Assert.Equal(errors.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
        if (errors.Length > 0)
            Assert.Equal(errors, string.Join("; ", TestApp.Errors(body).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("""{"$type":"box","name":""}""", "name: named")]
    [InlineData("""{"$type":"crate","name":"x","slats":0}""", "slats: slatted")]
    [InlineData("""{"$type":"crate","name":"","slats":0}""", "name: named; slats: slatted")]
    public async Task F10_A_derived_type_that_JSON_has_made_is_validated_by_each(string json, string errors)
    {
        await using var app = await StartAsync();

        var (status, body) = await app.PostAsync("/derived", json);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(errors, string.Join("; ", TestApp.Errors(body).Order(StringComparer.Ordinal)));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services => services.AddEndpointValidators(),
        app =>
        {
            app.MapPost("/class", (Heavy _) => "").WithValidation();
            app.MapPost("/interface", (Named _) => "").WithValidation();
            app.MapPost("/both", (Labelled _) => "").WithValidation();
            app.MapPost("/list", (List<Heavy> _) => "").WithValidation();
            app.MapPost("/own", (Owned _) => "").WithValidation();
            app.MapPost("/none", (Plain _) => "").WithValidation();
            app.MapPost("/sequence", (List<Light> _) => "").WithValidation();
            app.MapPost("/array", (Light[] _) => "").WithValidation();
            app.MapPost("/set", (HashSet<Light> _) => "").WithValidation();
            app.MapPost("/boxed", (Box<Heavy> _) => "").WithValidation();
            app.MapPost("/boxes", (Box<Heavy>[] _) => "").WithValidation();
            app.MapPost("/derived", (Packing _) => "").WithValidation();
        });

    public interface INamed
    {
        string? Name { get; }
    }

    public interface ILabelled
    {
        string? Label { get; }
    }

    public abstract class Weighed
    {
        public int Weight { get; set; }
    }

    public class Heavy : Weighed, INamed
    {
        public string? Name { get; set; }
    }

    public class Light : Heavy;

    public interface IBox<out T>
    {
        T? Content { get; }
    }

    public sealed class Box<T> : IBox<T>
    {
        public T? Content { get; set; }
    }

    public sealed class Labelled : Heavy, ILabelled
    {
        public string? Label { get; set; }
    }

    public sealed class Named : INamed
    {
        public string? Name { get; set; }
    }

    public sealed class Owned : Weighed, INamed
    {
        public string? Name { get; set; }
    }

    public sealed class Plain
    {
        public string? Name { get; set; }
    }

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Box), "box")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Crate), "crate")]
    public abstract class Packing
    {
        public string? Name { get; set; }
    }

    public sealed class Box : Packing;

    public interface ISlatted
    {
        int Slats { get; }
    }

    public sealed class Crate : Packing, ISlatted
    {
        public int Slats { get; set; }
    }

    internal sealed class NamedValidator : AbstractValidator<INamed>
    {
        public NamedValidator() => RuleFor(named => named.Name).NotEmpty().WithMessage("named");
    }

    /// <summary>A sequence of a base is what a list of a derived type is, too.</summary>
    internal sealed class SequenceValidator : AbstractValidator<IEnumerable<Heavy>>
    {
        public SequenceValidator() =>
            RuleFor(all => all).Must(all => all is not IEnumerable<Light>).WithMessage("sequence").OverridePropertyName("all");
    }

    internal sealed class BoxedValidator : AbstractValidator<IBox<INamed>>
    {
        public BoxedValidator() => RuleFor(box => box.Content!.Name).NotEmpty().WithMessage("boxed");
    }

    internal sealed class LabelledValidator : AbstractValidator<ILabelled>
    {
        public LabelledValidator() => RuleFor(labelled => labelled.Label).NotEmpty().WithMessage("labelled");
    }

    internal sealed class WeighedValidator : AbstractValidator<Weighed>
    {
        public WeighedValidator() => RuleFor(weighed => weighed.Weight).GreaterThan(0).WithMessage("heavy");
    }

    internal sealed class OwnedValidator : AbstractValidator<Owned>
    {
        public OwnedValidator() => RuleFor(owned => owned.Name).NotEmpty().WithMessage("own");
    }

    internal sealed class SlattedValidator : AbstractValidator<ISlatted>
    {
        public SlattedValidator() => RuleFor(slatted => slatted.Slats).GreaterThan(0).WithMessage("slatted");
    }

    internal sealed class PackingValidator : AbstractValidator<Packing>
    {
        public PackingValidator() => RuleFor(packing => packing.Name).NotEmpty().WithMessage("named");
    }
}
