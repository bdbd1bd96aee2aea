using System.Net;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Validation.Tests.Validation;

/// <summary>The shapes that validators have in other people's applications.</summary>
public class ValidatorKindsTests
{
    public static TheoryData<string, HttpStatusCode, string> Kinds => new()
    {
        // An endpoint that takes the type, what an invalid value gets, and which rules have run.
        { "/derived", HttpStatusCode.BadRequest, "name: derived" },
        { "/closed", HttpStatusCode.BadRequest, "name: any" },
        { "/inline", HttpStatusCode.BadRequest, "name: inline" },
        { "/injected", HttpStatusCode.BadRequest, "name: injected" },
        { "/optional", HttpStatusCode.BadRequest, "name: optional 3" },
        { "/several", HttpStatusCode.BadRequest, "name: with services" },
        { "/two/a", HttpStatusCode.BadRequest, "name: two" },
        { "/two/b", HttpStatusCode.BadRequest, "name: two" },
        { "/structure", HttpStatusCode.BadRequest, "name: structure" },
        { "/adjusting", HttpStatusCode.BadRequest, "name: before" },
        { "/parameterised", HttpStatusCode.OK, "" },
        { "/hidden", HttpStatusCode.OK, "" },
        { "/throwing", HttpStatusCode.InternalServerError, "" },
        { "/circular", HttpStatusCode.InternalServerError, "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task D2_Every_kind_of_validator_runs_or_is_left_alone_and_none_stops_the_start(string path, HttpStatusCode status,
        string errors)
    {
        foreach (var environment in (string[])["Development", "Production"])
        {
            await using var app = await StartAsync(environment);
            var (answered, body) = await app.PostAsync(path, """{"name":""}""");

            Assert.Equal((environment, status), (environment, answered));
            if (errors.Length > 0)
                Assert.Equal(errors, string.Join("; ", TestApp.Errors(body)));
        }
    }

    private static Task<TestApp> StartAsync(string environment) => TestApp.StartAsync(
        static services =>
        {
            services.AddFileRoutes();
            services.AddScoped<Database>().Configure<Settings>(static settings => settings.Text = "injected");
        },
        static app =>
        {
            app.UseExceptionHandler(static errors => errors.Run(static _ => Task.CompletedTask));
            app.MapFileRoutes(
                [.. Files.Select(static file => new FileRoute($"pages{file.Path}.cs", file.Path, file.Handler, [new("POST", "Post")]))]);
        },
        environment);

    private static readonly (string Path, Type Handler)[] Files =
    [
        ("/derived", typeof(Takes<Derived>)), ("/closed", typeof(Takes<Closed>)), ("/inline", typeof(Takes<Inline>)),
        ("/injected", typeof(Takes<Injected>)), ("/optional", typeof(Takes<Lenient>)), ("/several", typeof(Takes<Several>)),
        ("/two/a", typeof(Takes<TwoA>)), ("/two/b", typeof(Takes<TwoB>)), ("/structure", typeof(Takes<Shape>)),
        ("/adjusting", typeof(Takes<Adjusted>)), ("/parameterised", typeof(Takes<Parameterised>)), ("/hidden", typeof(Takes<Hidden>)),
        ("/throwing", typeof(Takes<Throwing>)), ("/circular", typeof(Takes<Circular>)),
    ];

    public sealed class Takes<T>
    {
        private readonly string _prefix = "taken ";

        public string Post(T value) => _prefix + value;
    }

    public interface IHasName
    {
        string? Name { get; }
    }

    public sealed record Derived(string? Name) : IHasName;

    public sealed record Closed(string? Name) : IHasName;

    public sealed record Inline(string? Name);

    public sealed record Injected(string? Name);

    public sealed record Lenient(string? Name);

    public sealed record Several(string? Name);

    public sealed record TwoA(string? Name);

    public sealed record TwoB(string? Name);

    public readonly record struct Shape(string? Name);

    public sealed record Adjusted(string? Name);

    public sealed record Parameterised(string? Name);

    public sealed record Hidden(string? Name);

    public sealed record Throwing(string? Name);

    public sealed record Circular(string? Name);

    public sealed record CircularOther(string? Name);

    private sealed class Database;

    private sealed class Settings
    {
        public string Text { get; set; } = "";
    }

    private abstract class NamedValidator<T> : AbstractValidator<T>
        where T : IHasName
    {
        protected NamedValidator(string message) => RuleFor(static value => value.Name).NotEmpty().WithMessage(message);
    }

    private sealed class DerivedValidator() : NamedValidator<Derived>("derived");

    private class AnyValidator<T> : AbstractValidator<T>
        where T : IHasName
    {
        public AnyValidator() => RuleFor(static value => value.Name).NotEmpty().WithMessage("any");
    }

    private sealed class ClosedValidator : AnyValidator<Closed>;

    private sealed class InlineCase : InlineValidator<Inline>
    {
        public InlineCase() => RuleFor(static value => value.Name).NotEmpty().WithMessage("inline");
    }

    private sealed class InjectedValidator : AbstractValidator<Injected>
    {
        public InjectedValidator(Database database, IOptionsSnapshot<Settings> settings, ILogger<InjectedValidator> logger,
            IServiceProvider services, IServiceScopeFactory scopes)
        {
            Assert.NotNull(scopes);
            Assert.Same(database, services.GetService<Database>());
            Assert.NotNull(logger);
            RuleFor(static value => value.Name).NotEmpty().WithMessage(settings.Value.Text);
        }
    }

    private sealed class LenientValidator : AbstractValidator<Lenient>
    {
        public LenientValidator(int least = 3, Uri? address = null) =>
            RuleFor(static value => value.Name).NotEmpty().WithMessage($"optional {least}{address}");
    }

    private sealed class SeveralValidator : AbstractValidator<Several>
    {
        public SeveralValidator() => RuleFor(static value => value.Name).NotEmpty().WithMessage("without services");

        public SeveralValidator(Database database) : this(database, "with services")
        {
        }

        private SeveralValidator(Database database, string message) =>
            RuleFor(static value => value.Name).Must(name => database is null || name?.Length > 0).WithMessage(message);
    }

    private sealed class TwoValidator : IValidator<TwoA>, IValidator<TwoB>
    {
        public ValidationResult Validate(TwoA instance) => Fails;

        public ValidationResult Validate(TwoB instance) => Fails;

        public ValidationResult Validate(IValidationContext context) => Fails;

        public Task<ValidationResult> ValidateAsync(TwoA instance, CancellationToken cancellation = default) => Task.FromResult(Fails);

        public Task<ValidationResult> ValidateAsync(TwoB instance, CancellationToken cancellation = default) => Task.FromResult(Fails);

        public Task<ValidationResult> ValidateAsync(IValidationContext context, CancellationToken cancellation = default) =>
            Task.FromResult(Fails);

        public IValidatorDescriptor CreateDescriptor() => throw new NotSupportedException();

        public bool CanValidateInstancesOfType(Type type) => type == typeof(TwoA) || type == typeof(TwoB);

        private static ValidationResult Fails => new([new ValidationFailure("Name", "two")]);
    }

    private sealed class ShapeValidator : AbstractValidator<Shape>
    {
        public ShapeValidator() => RuleFor(static value => value.Name).NotEmpty().WithMessage("structure");
    }

    private sealed class AdjustedValidator : AbstractValidator<Adjusted>
    {
        protected override bool PreValidate(ValidationContext<Adjusted> context, ValidationResult result)
        {
            result.Errors.Add(new("Name", "before"));
            return false;
        }
    }

    /// <summary>Made by hand, with a number.</summary>
    private sealed class ParameterisedValidator : AbstractValidator<Parameterised>
    {
        public ParameterisedValidator(int least) => RuleFor(static value => value.Name).MinimumLength(least);
    }

    /// <summary>Reached by its own instance alone.</summary>
    private sealed class HiddenValidator : AbstractValidator<Hidden>
    {
        private HiddenValidator() => RuleFor(static value => value.Name).NotEmpty();

        public static HiddenValidator Instance { get; } = new();
    }

    private sealed class ThrowingValidator : AbstractValidator<Throwing>
    {
        public ThrowingValidator() => throw new InvalidOperationException("the application's own mistake");
    }

    private sealed class CircularValidator : AbstractValidator<Circular>
    {
        public CircularValidator(IValidator<CircularOther> other) => Assert.NotNull(other);
    }

    private sealed class CircularOtherValidator : AbstractValidator<CircularOther>
    {
        public CircularOtherValidator(IValidator<Circular> other) => Assert.NotNull(other);
    }
}
