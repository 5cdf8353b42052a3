from wagtail import hooks

from inquiries.desk.viewset import InquiryViewSet

hooks.register("register_admin_viewset", InquiryViewSet)
