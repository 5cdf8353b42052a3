from django.urls import path
from wagtail.admin.viewsets.model import ModelViewSet

from inquiries.desk.actions import ACTIONS
from inquiries.desk.listing import InquiryListing
from inquiries.desk.page import InquiryPage
from inquiries.models import Inquiry
from inquiries.permissions import InquiryPermissionPolicy


class InquiryViewSet(ModelViewSet):
    """The queue and the page of one inquiry. Views that add, edit, copy or delete have no address at all."""

    model = Inquiry
    name = "inquiry"
    url_prefix = "inquiries"
    icon = "mail"
    menu_order = 100
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = InquiryListing
    inspect_view_class = InquiryPage
    permission_policy = InquiryPermissionPolicy(Inquiry)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            *(
                path(f"<int:pk>/{name}/", self.construct_view(view), name=name)
                for name, view in ACTIONS.items()
            ),
        ]

    def register_admin_url_finder(self):
        """Wagtail's finder leads to the edit view, which does not exist."""
