using System.Text.Json;
using Endpoints.Problems;
using Endpoints.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Validates an action's arguments as <see cref="ValidationFilter"/> does a handler's. Worked out once for an action.</summary>
internal sealed class ActionValidation
{
    private static readonly object Valid = new();

    private readonly IReadOnlyList<ParameterDescriptor> _parameters;
    private readonly ValidationFilter _filter;

    private ActionValidation(IReadOnlyList<ParameterDescriptor> parameters, IReadOnlyList<Argument> arguments, JsonSerializerOptions json)
    {
        _parameters = parameters;
        _filter = new(arguments, json, static _ => new(Valid));
        Description = new(arguments);
    }

    /// <summary>What is validated, for the list of endpoints.</summary>
    public ValidatedArguments Description { get; }

    /// <summary>The validation of an action; null when none of its arguments has a validator.</summary>
    /// <param name="action">The action.</param>
    /// <param name="json">How MVC reads JSON.</param>
    /// <param name="services">The application's services.</param>
    public static ActionValidation? For(ActionDescriptor action, JsonSerializerOptions json, IServiceProvider services)
    {
        ParameterDescriptor[] parameters = [.. action.Parameters, .. action.BoundProperties];
        var models = services.GetRequiredService<IModelMetadataProvider>();
        var arguments = new List<Argument>();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (PlaceOf(parameters[i], models) is { } place && ValueCheck.For(parameters[i].ParameterType, place is BodyPlace ? json : null, services) is { } check)
                arguments.Add(new(parameters[i].ParameterType, i, null, place, check));
        }

        return arguments.Count == 0 ? null : new(parameters, arguments, json);
    }

    /// <summary>Validates the arguments that an action is about to be called with.</summary>
    /// <returns>The refusal; null when they are valid.</returns>
    public async ValueTask<Problem?> ValidateAsync(ActionExecutingContext context)
    {
        var values = new object?[_parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _parameters[i] is ControllerBoundPropertyDescriptor { PropertyInfo: var property }
                ? property.GetValue(context.Controller)
                : context.ActionArguments.TryGetValue(_parameters[i].Name, out var value) ? value : null;
        }

        var result = await _filter.InvokeAsync(new DefaultEndpointFilterInvocationContext(context.HttpContext, values)).ConfigureAwait(false);
        return ReferenceEquals(result, Valid) ? null : ((ProblemResult)result!).Problem; // the filter has no other results
    }

    /// <summary>What an argument is to the client; null when it is not the client's.</summary>
    private static Place? PlaceOf(ParameterDescriptor parameter, IModelMetadataProvider models)
    {
        var source = parameter.BindingInfo?.BindingSource;
        if (source is not null && !source.IsFromRequest)
            return null;
        if (source == BindingSource.Body)
            return new BodyPlace(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);

        var given = parameter.BindingInfo?.BinderModelName;
        var model = models.GetMetadataForType(parameter.ParameterType);
        return source == BindingSource.Header || !(model.ElementMetadata ?? model).IsComplexType
            ? new TextPlace(given ?? parameter.Name, isNameGiven: given is not null)
            : new FormPlace(parameter.ParameterType, given ?? parameter.Name);
    }
}
