namespace SampleLibrary.Pages;

public static class Parcels
{
    public static string Get() => "library";

    public static Parcel Post(Parcel parcel) => parcel;
}
