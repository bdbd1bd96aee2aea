using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SampleLibrary;

namespace Endpoints.Validation.Tests.Validation;

public class ValidatorsFoundTests
{
    [Fact]
    public async Task An_internal_validator_of_a_referenced_library_is_found()
    {
        await using var app = await StartAsync(services => services.AddEndpointValidators(), static (Parcel parcel) => parcel.Weight);

        var (_, body) = await app.PostAsync("/", """{"weight":0}""");

        Assert.Equal(["weight: 'Weight' must be greater than '0'."], TestApp.Errors(body));
    }

    [Theory]
    [InlineData("Shop.PlugIn")]
    [InlineData("Microsoft.Shop.PlugIn")] // the framework's names, but asked for
    public void An_assembly_that_is_named_is_searched_whatever_it_is_called(string name)
    {
        var source = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var type = source.DefineDynamicModule(name).DefineType("PlugInValidator", TypeAttributes.Public, typeof(InlineValidator<Limit>));
        type.DefineDefaultConstructor(MethodAttributes.Public);
        type.CreateType();
        using var image = new MemoryStream();
        source.Save(image);
        image.Position = 0;
        var plugIn = new AssemblyLoadContext(name).LoadFromStream(image);

        var services = new ServiceCollection().AddEndpointValidators(plugIn);

        Assert.Same(plugIn, Assert.Single(Found<Limit>(services)).Assembly);
    }

    [Fact]
    public async Task Several_validators_that_were_found_all_run()
    {
        await using var app = await StartAsync(services => services.AddEndpointValidators(), static (Twice twice) => twice.Number);

        var (_, body) = await app.PostAsync("/", """{"number":0}""");

        Assert.Equal(["number: a, b"],
            TestApp.Errors(body).Select(static error => error.Replace("b, a", "a, b", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_validator_that_the_application_registers_before_or_after_takes_the_place_of_those_found(bool before)
    {
        await using var app = await StartAsync(
            services =>
            {
                if (before)
                    services.AddSingleton<IValidator<Twice>>(new FirstTwiceValidator());
                services.AddEndpointValidators();
                if (!before)
                    services.AddScoped<IValidator<Twice>, FirstTwiceValidator>();
            },
            static (Twice twice) => twice.Number);

        var (_, body) = await app.PostAsync("/", """{"number":0}""");

        Assert.Equal(["number: a"], TestApp.Errors(body));
    }

    [Fact]
    public async Task Several_of_the_applications_own_validators_take_the_place_of_those_found()
    {
        await using var app = await StartAsync(
            services => services.AddEndpointValidators().AddScoped<IValidator<Twice>, FirstTwiceValidator>()
                .AddSingleton<IValidator<Twice>>(new InlineValidator<Twice>()),
            static (Twice twice) => twice.Number);

        var (_, body) = await app.PostAsync("/", """{"number":0}""");

        Assert.Equal(["number: a"], TestApp.Errors(body));
    }

    [Fact]
    public void What_is_found_is_found_once_and_is_no_service()
    {
        var services = new ServiceCollection();
        services.AddEndpointValidators().AddEndpointValidators();

        Assert.Single(Found<Parcel>(services));
        Assert.Empty(Found<Limit>(services)); // no container could make it
        Assert.DoesNotContain(services,
            static service => service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IValidator<>));
    }

    [Fact]
    public async Task What_is_found_is_made_once_for_a_request_and_disposed_with_it()
    {
        Counted.Made = Counted.Disposed = 0;
        await using var app = await StartAsync(services => services.AddEndpointValidators(), static (Counted[] all) => all.Length);

        var (_, body) = await app.PostAsync("/", "[{},{},{}]");

        Assert.Equal(3, (int)body!);
        Assert.Equal((1, 1), (Counted.Made, Counted.Disposed));
    }

    [Fact]
    public async Task A_validator_gets_services_of_the_request_and_other_validators_that_were_found()
    {
        await using var app =
            await StartAsync(services => services.AddEndpointValidators().AddScoped<Limits>(), static (Outer outer) => outer.Inner.Number);

        var (_, body) = await app.PostAsync("/", """{"inner":{"number":8}}""");

        Assert.Equal(["inner.number: above 7"], TestApp.Errors(body));
    }

    [Fact]
    public async Task A_validator_that_nothing_can_make_is_an_error_where_its_type_is_bound()
    {
        await using var app = await StartAsync(services => services.AddEndpointValidators(), static (Inner inner) => inner.Number);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => app.PostAsync("/", "{}"));

        Assert.Contains(
            $"'{typeof(InnerValidator)}' validates what an endpoint takes and can't be created: no service of the type "
            + $"'{typeof(Limits)}' is registered.", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validators_that_the_application_registers_by_itself_are_asked_without_any_scan()
    {
        await using var app = await StartAsync(services => services.AddSingleton<IValidator<Twice>>(new SecondTwiceValidator()),
            static (Twice twice) => twice.Number);

        var (_, body) = await app.PostAsync("/", """{"number":0}""");

        Assert.Equal(["number: b"], TestApp.Errors(body));
    }

    private static IReadOnlyList<Type> Found<T>(IServiceCollection services) =>
        ((ValidatorCatalog)services.Single(static service => service.ServiceType == typeof(ValidatorCatalog))
            .ImplementationInstance!).Found(typeof(IValidator<T>));

    private static Task<TestApp> StartAsync(Action<IServiceCollection> add, Delegate handler) =>
        TestApp.StartAsync(add, app => app.MapPost("/", handler).WithValidation());

    public sealed record Twice(int Number);

    private sealed class FirstTwiceValidator : AbstractValidator<Twice>
    {
        public FirstTwiceValidator() => RuleFor(twice => twice.Number).GreaterThan(0).WithMessage("a");
    }

    private sealed class SecondTwiceValidator : AbstractValidator<Twice>
    {
        public SecondTwiceValidator() => RuleFor(twice => twice.Number).GreaterThan(0).WithMessage("b");
    }

    public sealed record Limit(int Number);

    private sealed class LimitValidator : AbstractValidator<Limit>
    {
        public LimitValidator(int most) => RuleFor(limit => limit.Number).LessThan(most);
    }

    public sealed record Counted
    {
        public static int Made { get; set; }

        public static int Disposed { get; set; }
    }

    private sealed class CountedValidator : AbstractValidator<Counted>, IDisposable
    {
        public CountedValidator() => Counted.Made++;

        public void Dispose() => Counted.Disposed++;
    }

    public sealed record Outer(Inner Inner);

    public sealed record Inner(int Number);

    private sealed class Limits
    {
        public int Most { get; } = 7;
    }

    private sealed class OuterValidator : AbstractValidator<Outer>
    {
        public OuterValidator(IValidator<Inner> inner) => RuleFor(outer => outer.Inner).SetValidator(inner);
    }

    private sealed class InnerValidator : AbstractValidator<Inner>
    {
        public InnerValidator(Limits limits) => RuleFor(inner => inner.Number).LessThanOrEqualTo(limits.Most).WithMessage("above 7");
    }
}
