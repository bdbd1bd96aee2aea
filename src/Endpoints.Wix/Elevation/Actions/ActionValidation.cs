using System.Reflection;
using System.Text.Json;
using Endpoints.Problems;
using Endpoints.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Validates an action's arguments as <see cref="ValidationFilter"/> does a handler's. Created once for each action.</summary>
internal sealed class ActionValidation
{
    private static readonly object Valid = new();

    private readonly IReadOnlyList<ParameterDescriptor> _parameters;
    private readonly ValidationFilter _filter;

    private ActionValidation(IReadOnlyList<ParameterDescriptor> parameters, IReadOnlyList<ValidatedArgument> arguments,
        JsonSerializerOptions json)
    {
        _parameters = parameters;
        _filter = new(arguments, json, static _ => new(Valid));
        Description = new(arguments);
    }

    /// <summary>Gets the description of the validation, for the list of endpoints.</summary>
    public ValidationDescription Description { get; }

    /// <summary>
    /// Returns the validation of an action or of a page's handler; <see langword="null"/> if there is nothing to validate.
    /// </summary>
    /// <param name="parameters">The bound parameters, and the bound properties of the controller or page model.</param>
    /// <param name="json">The options with which MVC reads JSON.</param>
    /// <param name="services">The application's services.</param>
    public static ActionValidation? For(IReadOnlyList<ParameterDescriptor> parameters, JsonSerializerOptions json,
        IServiceProvider services)
    {
        var models = services.GetRequiredService<IModelMetadataProvider>();
        var arguments = new List<ValidatedArgument>();
        for (var i = 0; i < parameters.Count; i++)
        {
            if (KeyOf(parameters[i], models) is not { } key)
                continue;
            var (type, inJson) = (parameters[i].ParameterType, key is BodyErrorKey ? json : null);
            var check = ValueValidator.For(type, inJson, services);
            // attributes are MVC's
            var rules = ParameterRules.For(parameters[i].Name, type, [], inJson, (key as TextErrorKey)?.Name, RuleSet.OnlyDefinedValues);
            if (check is not null || rules is not null)
                arguments.Add(new(type, i, null, key, check, rules: rules));
        }

        return arguments.Count == 0 ? null : new(parameters, arguments, json);
    }

    /// <summary>Validates the arguments that an action or a page's handler is about to be called with.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bound">The arguments by parameter name.</param>
    /// <param name="instance">The controller or page model that has the properties.</param>
    /// <returns>The problem for which the request is refused; <see langword="null"/> if the arguments are valid.</returns>
    public async ValueTask<Problem?> ValidateAsync(ActionContext context, IDictionary<string, object?> bound, object instance)
    {
        var values = new object?[_parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (PropertyOf(_parameters[i]) is not { } property)
                values[i] = bound.TryGetValue(_parameters[i].Name, out var value) ? value : null;
            else if (_parameters[i].BindingInfo?.RequestPredicate?.Invoke(context) != false) // or what is in it is not the client's
                values[i] = property.GetValue(instance);
        }

        var result =
            await _filter.InvokeAsync(new DefaultEndpointFilterInvocationContext(context.HttpContext, values)).ConfigureAwait(false);
        return ReferenceEquals(result, Valid) ? null : ((ProblemResult)result!).Problem; // the filter has no other results
    }

    /// <summary>Returns the property that a descriptor represents; <see langword="null"/> for a parameter.</summary>
    public static PropertyInfo? PropertyOf(ParameterDescriptor parameter) => parameter switch
    {
        ControllerBoundPropertyDescriptor { PropertyInfo: var property } => property,
        PageBoundPropertyDescriptor { Property: var property } => property,
        _ => null,
    };

    /// <summary>
    /// Returns the key by which the client knows an argument; <see langword="null"/> if it does not come from the client.
    /// </summary>
    private static ErrorKey? KeyOf(ParameterDescriptor parameter, IModelMetadataProvider models)
    {
        var source = parameter.BindingInfo?.BindingSource;
        if (source is not null && !source.IsFromRequest)
            return null;
        if (source == BindingSource.Body)
            return new BodyErrorKey(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);

        var given = parameter.BindingInfo?.BinderModelName;
        var model = models.GetMetadataForType(parameter.ParameterType);
        return source == BindingSource.Header || !(model.ElementMetadata ?? model).IsComplexType
            ? new TextErrorKey(given ?? parameter.Name, isNameGiven: given is not null)
            : new FormErrorKey(parameter.ParameterType, given ?? parameter.Name);
    }
}
