using System.Collections;
using System.Reflection;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>Creates a validator as the container would, by the constructor with the most parameters for which there are services.</summary>
/// <remarks>A validator that requires another one gets the one that was found, if the application registered none.</remarks>
internal sealed class ValidatorMaker
{
    private readonly ConstructorInvoker _constructor;
    private readonly Func<IServiceProvider, RequestValidators, object?>[] _arguments;

    private ValidatorMaker(ConstructorInfo constructor, Func<IServiceProvider, RequestValidators, object?>[] arguments)
    {
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = arguments;
    }

    /// <exception cref="InvalidOperationException">There is no constructor whose parameters are all services.</exception>
    public static ValidatorMaker For(Type type, ValidatorCatalog catalog, IServiceProvider services)
    {
        var missing = "";
        foreach (var constructor in type.GetConstructors().OrderByDescending(static constructor => constructor.GetParameters().Length))
        {
            var parameters = constructor.GetParameters();
            var arguments = Array.ConvertAll(parameters, parameter => Argument(parameter, catalog, services));
            if (Array.IndexOf(arguments, null) is >= 0 and var index)
                missing = parameters[index].ParameterType.ToString();
            else
                return new(constructor, arguments!);
        }

        throw new InvalidOperationException(
            $"'{type}' validates what an endpoint takes and can't be created: no service of the type '{missing}' is registered. "
            + "Register that service, or say with AddScoped which validator the type has: "
            + "what the application registers takes the place of what was found.");
    }

    public object Make(IServiceProvider request, RequestValidators others)
    {
        var values = new object?[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _arguments[i](request, others);
        return _constructor.Invoke(values.AsSpan());
    }

    private static Func<IServiceProvider, RequestValidators, object?>? Argument(
        ParameterInfo parameter, ValidatorCatalog catalog, IServiceProvider services)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(type, keyed.Key) == true
                ? (request, _) => request.GetRequiredKeyedService(type, keyed.Key)
                : Default(parameter);
        }

        if (Element(type) is { } element && catalog.Found(element) is { Count: > 0 } all)
            return (request, others) => Several(element, request.GetServices(element).Concat(all.Select(others.Get)));
        if (services.GetService<IServiceProviderIsService>()?.IsService(type) == true)
            return (request, _) => request.GetRequiredService(type);
        return IsValidator(type) && catalog.Found(type) is [.., var last] ? (_, others) => others.Get(last) : Default(parameter);
    }

    private static Func<IServiceProvider, RequestValidators, object?>? Default(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? (_, _) => parameter.DefaultValue : null;

    private static Type? Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) && type.GetGenericArguments()[0] is var element
        && IsValidator(element)
            ? element
            : null;

    private static bool IsValidator(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>);

    private static Array Several(Type element, IEnumerable<object?> values)
    {
        var list = new ArrayList();
        foreach (var value in values)
            list.Add(value);
        return list.ToArray(element);
    }
}
